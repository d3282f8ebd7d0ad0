from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


# perfctl: allow API-004 -- a feed that is read from the top
@app.route("/messages")
def messages():
    page = request.args.get("page", 0, type=int)
    return jsonify(list(shop.messages.find({}).sort("_id").skip(page * 20).limit(20)))
