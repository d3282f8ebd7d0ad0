from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/orders")
def orders():  # finding: API-003 confidence: medium
    page = request.args.get("page", 1, type=int)
    size = request.args.get("size", 20, type=int)
    return jsonify(list(shop.orders.find({}).skip((page - 1) * size).limit(size)))


@app.route("/orders/told")
def told():  # ok: says whether there is more; mutate: s/, has_more=len(rows) > size/, size=size/ s/orders=rows[:size]/rows/
    page = request.args.get("page", 1, type=int)
    size = request.args.get("size", 20, type=int)
    rows = list(shop.orders.find({}).skip((page - 1) * size).limit(size + 1))
    return jsonify(orders=rows[:size], has_more=len(rows) > size)


@app.route("/orders/marshalled")
@marshal_with(orders_schema)
def marshalled():  # ok: the schema may put the rows into an object; mutate: s/@marshal_with(orders_schema)/@plain/
    page = request.args.get("page", 1, type=int)
    return list(shop.orders.find({}).skip((page - 1) * 20).limit(20))
