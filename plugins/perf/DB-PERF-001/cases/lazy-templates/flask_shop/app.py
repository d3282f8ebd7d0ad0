from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Customer(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.Integer, db.ForeignKey("customer.id"), index=True)
    customer = db.relationship("Customer")


@app.route("/orders")
def orders():
    return render_template("orders.html", orders=Order.query.all())  # finding: DB-PERF-001


@app.route("/own")
def own():
    return render_template("orders.html", orders=Order.query.filter_by(customer_id=3).all())  # ok: one customer, asked for once; mutate: s/filter_by(customer_id=3)/filter_by(id=3)/
