from flask import Flask, jsonify
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/depots")
# perfctl: allow API-001 -- nine depots, and none is planned
def depots():
    return jsonify(list(shop.depots.find({})))
