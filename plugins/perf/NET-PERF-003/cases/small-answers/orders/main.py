from flask import Flask

from orders.settings import ROUTE

app = Flask(__name__)  # finding: NET-PERF-003 confidence: high


@app.route("/orders", **ROUTE)
def orders():
    return [{"id": id} for id in range(500)]


@app.route("/orders/<id>", methods=["POST"])
def order(id):
    return {"order": id}
