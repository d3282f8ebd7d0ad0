from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/depots")
def depots():
    # perfctl: allow API-002 -- nine depots, and none is planned
    limit = request.args.get("limit", 20, type=int)
    return jsonify(list(shop.depots.find({}).limit(limit)))
