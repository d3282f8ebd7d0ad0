from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/orders")
def orders():
    limit = int(request.args["page"]) * int(request.args.get("per_page"))  # finding: API-002
    return jsonify(list(shop.orders.find({}).limit(limit)))
