from flask import Flask, jsonify
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/orders")
def orders():  # finding: API-001
    return jsonify(list(shop.orders.find({})))
