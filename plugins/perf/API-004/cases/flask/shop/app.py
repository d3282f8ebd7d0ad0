from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/messages")
def messages():  # finding: API-004 confidence: low
    page = request.args.get("page", 0, type=int)
    return jsonify(list(shop.messages.find({}).sort("_id").skip(page * 20).limit(20)))


@app.route("/messages/sorted")
def ordered():  # ok: takes an order; mutate: s/request.args.get("sort", "_id")/"_id"/
    page = request.args.get("page", 0, type=int)
    return jsonify(list(shop.messages.find({}).sort(request.args.get("sort", "_id")).skip(page * 20).limit(20)))
