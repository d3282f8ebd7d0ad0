from flask import Flask, jsonify, render_template
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from forms import OrderForm

app = Flask(__name__)
db = SQLAlchemy(app)


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    total = db.Column(db.Integer)


@app.get("/inline")
def inline():  # finding: API-001
    return jsonify([order.total for order in db.session.execute(select(Order)).scalars()])


@app.get("/named")
def named():  # finding: API-001
    orders = db.session.execute(select(Order)).scalars()
    return jsonify([order.total for order in orders])


@app.get("/rows")
def rows():  # finding: API-001
    result = db.session.execute(select(Order))
    return jsonify([order.total for (order,) in result])


@app.get("/first")
def first():  # ok: one of them; mutate: s/.scalars().first()/.scalars().all()/
    order = db.session.execute(select(Order).order_by(Order.id)).scalars().first()
    return jsonify(order)


@app.get("/page")
def page():  # ok: twenty of them; mutate: s/.limit(20)//
    orders = db.session.execute(select(Order).order_by(Order.id).limit(20)).scalars()
    return jsonify([order.total for order in orders])


@app.get("/new")
def new():  # ok: what is chosen in a form; mutate: s/form.orders.data = orders/form = orders/
    form = OrderForm()
    orders = db.session.execute(select(Order)).scalars()
    form.orders.data = orders
    return render_template("new.html", form=form)
