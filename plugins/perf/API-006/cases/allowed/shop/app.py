from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/invoices")
def invoices():
    page = request.args.get("page", 0, type=int)
    # perfctl: allow API-006 -- a hundred invoices a year
    return jsonify(list(shop.invoices.find({}).sort("_id").skip(page * 20).limit(20)))
