from flask import Flask, jsonify

from models import Order, db

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:////var/lib/shop/shop.db"
db.init_app(app)


@app.route("/customers/<int:number>/orders")
def orders(number):
    return jsonify([order.id for order in Order.query.filter(Order.customer_id == number).limit(20)])


@app.route("/sellers/<int:number>/orders")
def sold(number):
    return jsonify([order.id for order in Order.query.filter(Order.seller_id == number).limit(20)])
