import json

from flask import Flask, Response, jsonify

from shop.orders import load

app = Flask(__name__)
app.config["JSONIFY_PRETTYPRINT_REGULAR"] = True  # finding: JSON-001
app.json.compact = False  # finding: JSON-001 confidence: high
if app.debug:
    app.json.compact = False  # ok: for development; mutate: s/if app.debug/with app.app_context()/


@app.route("/orders")
def orders():
    return jsonify([order.as_dict() for order in load()])  # finding: JSON-001 confidence: low


@app.route("/orders/indented")
def indented():
    rows = [order.as_dict() for order in load()]
    return Response(json.dumps(rows, indent=2), mimetype="application/json")  # finding: JSON-001 confidence: medium


@app.route("/orders/plain")
def plain():
    rows = [order.as_dict() for order in load()]
    return Response(json.dumps(rows), mimetype="application/json")  # ok: not indented; mutate: s/dumps(rows)/dumps(rows, indent=2)/


@app.route("/orders/file")
def download():
    rows = [order.as_dict() for order in load()]
    return Response(json.dumps(rows, indent=2), headers={"Content-Disposition": "attachment; filename=orders"})  # ok: a file for people; mutate: s/attachment; /inline; / s/def download/def listed/


@app.route("/admin/orders")
def admin_orders():
    return jsonify([order.as_dict() for order in load()])  # ok: asked by a few administrators; mutate: s/admin_orders/all_orders/
