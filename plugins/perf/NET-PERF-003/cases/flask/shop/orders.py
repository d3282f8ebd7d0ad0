from flask import Blueprint, jsonify

orders = Blueprint("orders", __name__)


@orders.get("/orders")
def list_orders():
    return jsonify([{"id": id} for id in range(500)])
