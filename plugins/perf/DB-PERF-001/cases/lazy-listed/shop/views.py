from flask import Flask, request
from sqlalchemy.orm import joinedload, selectinload

from shop.answers import listed, one, paged, shown
from shop.models import Order, Parcel

app = Flask(__name__)


@app.route("/orders")
def orders():
    found = Order.query
    wanted = request.args.get("lines") == "true"
    if "state" in request.args:
        found = found.open()
    if "customer" in request.args:
        found = found.filter(Order.customer_id == request.args["customer"])
    found = found.order_by(Order.id)
    # finding: DB-PERF-001
    return listed("orders", found, options={"with_lines": wanted})


@app.route("/short")
def short():
    # ok: the lines are not asked for; mutate: s/"short", Order.query.order_by(Order.id)/"short", Order.query, options={"with_lines": True}/
    return listed("short", Order.query.order_by(Order.id))


@app.route("/eager")
def eager():
    found = Order.query.options(selectinload(Order.lines))
    # ok: the lines come along; mutate: s/Order.query.options(selectinload(Order.lines))/Order.query/
    return listed("eager", found, options={"with_lines": True})


@app.route("/pages")
def pages():
    return paged(Order.query.order_by(Order.id), 3)  # finding: DB-PERF-001


@app.route("/parcels")
def parcels():
    shown(Parcel.query.options(joinedload(Parcel.order)).all())  # ok: the orders come along; mutate: s/Parcel.query.options(joinedload(Parcel.order))/Parcel.query/
    return shown(Parcel.query.all())  # finding: DB-PERF-001


@app.route("/orders/<int:number>")
def order(number):
    # ok: one row
    return one(Order.query.filter(Order.id == number).first())


@app.route("/back")
def back():
    # finding: DB-PERF-001
    return {"parcels": [[parcel.id for parcel in order.parcels] for order in Order.query.all()]}
