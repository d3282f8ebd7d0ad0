from flask import Flask, jsonify

from shop.orders import orders


def create_app():
    app = Flask(__name__)  # finding: NET-PERF-003
    app.register_blueprint(orders)
    return app
