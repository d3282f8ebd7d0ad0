from flask import Flask, jsonify, request

from shop.queries import customers_by_id, customers_for

app = Flask(__name__)


@app.get("/customers/<customer_id>")
def customer(customer_id):  # ok: gives the key, and one comes; mutate: s/(customers_by_id(customer_id))/(customers_by_id())/
    return jsonify(customers_by_id(customer_id))


@app.get("/owner")
def owner():  # ok: the settings name one; mutate: s/customers_for(customer_id=app.config["OWNER"])/customers_for(customer_id=None)/
    return jsonify(customers_for(customer_id=app.config["OWNER"]))


@app.get("/customers")
def customers():  # finding: API-001
    return jsonify(customers_by_id())


@app.get("/some")
def some():  # finding: API-001
    return jsonify(customers_by_id(request.args.get("id")))


@app.get("/chosen/<customer_id>")
def chosen(customer_id=None):  # finding: API-001
    return jsonify(rows=customers_by_id(customer_id))
