from flask import Flask, jsonify
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop

@app.route("/orders")
def orders():

    return jsonify(len(list(shop.orders.find({}))))  # finding: DB-AGG-001
