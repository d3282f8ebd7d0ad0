from cachetools import TTLCache
from flask import Flask, jsonify, request
from pymongo import MongoClient
from pymemcache.client.base import Client

app = Flask(__name__)
db = MongoClient().shop
memcache = Client("cache")


@app.get("/users/<name>")
def user(name):
    key = "user:" + name
    found = memcache.get(key)
    if found is None:
        found = db.users.find_one({"name": name})
        memcache.set(key, found, expire=86400)  # finding: CACHE-007 confidence: medium
    return jsonify(found)


@app.put("/users/<name>")
def change(name):
    db.users.update_one({"name": name}, {"$set": request.json})
    return "", 204
