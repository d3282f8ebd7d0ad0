from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)


@app.route("/orders")
def orders():
    page = request.args.get("page", 1, type=int)
    found = db.paginate(db.select(Order).order_by(Order.id), page=page, per_page=20)  # finding: API-007 confidence: medium
    return {"items": [order.id for order in found.items], "total": found.total}


@app.route("/orders/old")
def old():
    found = Order.query.order_by(Order.id).paginate(page=request.args.get("page", 1, type=int))  # finding: API-007 confidence: medium
    return {"items": [order.id for order in found.items]}


@app.route("/orders/uncounted")
def uncounted():
    page = request.args.get("page", 1, type=int)
    found = db.paginate(db.select(Order), page=page, count=False)  # ok: counts nothing; mutate: s/, count=False//
    return {"items": [order.id for order in found.items]}
