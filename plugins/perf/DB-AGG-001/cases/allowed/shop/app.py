from flask import Flask, jsonify
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/orders")
def orders():
    # perfctl: allow DB-AGG-001 -- nine orders, and none is planned
    return jsonify(len(list(shop.orders.find({}))))
