from flask import Flask, jsonify
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/orders")
def orders():  # finding: API-001
    return jsonify([order["total"] for order in shop.orders.find({})])


@app.route("/page")
def page():  # ok: bounded; mutate: s/.limit(50)//
    return jsonify(list(shop.orders.find({}).limit(50)))


@app.route("/open")
def open_orders():  # ok: a loop keeps those that are due, and sums them; mutate: s/jsonify(total)/jsonify(rows)/
    rows = list(shop.orders.find({}))
    total = sum(row["total"] for row in rows)
    return jsonify(total)


@app.route("/close", methods=["POST"])
def close():  # ok: no GET; mutate: s/methods=["POST"]/methods=["GET"]/
    return jsonify(list(shop.orders.find({})))

WAYS = ["GET", "HEAD"]


@app.route("/named", methods=WAYS)
def named():  # finding: API-001
    return jsonify(list(shop.orders.find({})))


@app.route("/chosen", **app.config["ROUTE"])
def chosen():  # ok: nobody knows which methods; mutate: s/**app.config["ROUTE"]/methods=WAYS/
    return jsonify(list(shop.orders.find({})))
