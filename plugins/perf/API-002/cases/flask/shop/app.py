from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/orders")
def orders():
    limit = request.args.get("limit", 20, type=int)  # finding: API-002
    return jsonify(list(shop.orders.find({}).limit(limit)))


@app.route("/orders/some")
def some():
    limit = request.args.get("limit", default=20, type=int)
    if limit is None or limit > 100:  # ok: beyond a hundred it is a hundred
        limit = 100
    return jsonify(list(shop.orders.find({}, limit=limit)))
