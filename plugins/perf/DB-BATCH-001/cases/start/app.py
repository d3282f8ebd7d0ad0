from flask import Flask, request
from pymongo import MongoClient

LEVELS = {"low": 1, "normal": 5, "high": 9}
STATES = {}


def fill(database, states):
    for name, code in states.items():
        database.states.update_one({"name": name}, {"$set": {"code": code}}, upsert=True)  # finding: DB-BATCH-001 confidence: low -- once, when the process starts


app = Flask(__name__)
client = MongoClient("mongodb://db")
fill(client.shop, STATES)


@app.post("/levels")
def levels():
    for row in request.json["rows"]:
        client.shop.levels.update_one({"name": row["name"]}, {"$set": {"code": row["code"]}}, upsert=True)  # finding: DB-BATCH-001 confidence: high
    return "done"
