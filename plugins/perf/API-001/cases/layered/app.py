from flask import Flask, jsonify
from layer import Orders
from tables import orders_table

app = Flask(__name__)
orders = Orders(orders_table)


@app.route("/orders")
def every():  # finding: API-001 confidence: medium
    return jsonify(orders.every())


@app.route("/orders/of/<customer>")
def of_customer(customer):  # finding: API-001 confidence: low
    return jsonify(orders.of_customer(customer))


@app.route("/orders/matching")
def matching():  # finding: API-001 confidence: medium
    return jsonify(orders.matching())


@app.route("/orders/in/<state>")
def in_state(state):  # finding: API-001 confidence: low
    return jsonify(orders.matching(state))


@app.route("/orders/newest")
def newest():  # ok: bounded by what the layer is handed; mutate: s/orders.newest/orders.every/
    return jsonify(orders.newest())
