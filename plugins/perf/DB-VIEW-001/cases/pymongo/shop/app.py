from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/turnover")
def turnover():
    # finding: DB-VIEW-001 confidence: low
    rows = shop.orders.aggregate([{"$lookup": {"from": "lines", "localField": "_id", "foreignField": "order", "as": "lines"}}, {"$group": {"_id": "$depot", "sum": {"$sum": "$total"}}}])
    return jsonify(list(rows))


@app.route("/turnover/mine")
def mine():
    # ok: of one owner; mutate: s/{"$match": {"owner": request.args["owner"]}}, //
    rows = shop.orders.aggregate([{"$match": {"owner": request.args["owner"]}}, {"$lookup": {"from": "lines", "localField": "_id", "foreignField": "order", "as": "lines"}}, {"$group": {"_id": "$depot"}}])
    return jsonify(list(rows))


@app.route("/turnover/named")
def named():
    # ok: looks up what the groups are called
    rows = shop.orders.aggregate([{"$group": {"_id": "$depot"}}, {"$lookup": {"from": "depots", "localField": "_id", "foreignField": "_id", "as": "depot"}}])
    return jsonify(list(rows))
