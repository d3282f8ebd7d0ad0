from flask import Flask, jsonify, request
from sqlalchemy import text

from shop.models import Label, Order, Parking, Permit, Shop, User, db

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://shop@db/shop"


@app.route("/orders")
def orders():
    found = Order.query
    if "shop" in request.args:
        found = found.filter(Order.shop.has(Shop.id == request.args["shop"]))
    if "label" in request.args:
        found = found.filter(Order.labels.any(Label.name == request.args["label"]))
    if "member" in request.args:
        found = found.filter(Order.members.any(id=request.args["member"]))
    return jsonify([order.id for order in found.limit(20)])


@app.route("/users/<int:number>")
def user(number):
    user = User.query.get(number)
    bought = Order.query.filter_by(buyer=user).all()
    sold = Order.query.filter(Order.seller == user).all()
    return jsonify(orders=len(bought) + len(sold), followed=len(user.followed), followers=len(list(user.followers)), packed=len(user.packed))


@app.route("/orders/<int:number>")
def order(number):
    order = Order.query.get(number)
    return jsonify(watchers=[user.id for user in order.watchers], editor=order.editor.id)


@app.route("/orders/<int:number>/remarks")
def remarks(number):
    db.session.execute(text("SELECT text FROM remarks WHERE reader_id = :reader"), {"reader": number})
    return jsonify([row[0] for row in db.session.execute(text("SELECT r.text FROM remarks r JOIN users u ON u.id = r.author_id WHERE r.order_id = :number"), {"number": number})])


@app.route("/users/<int:number>/parkings")
def parkings(number):
    permit = Permit.query.join(Permit.owner).filter(Permit.id == number, User.id == number).first()
    return jsonify(permit.id, [one.id for one in Parking.query.join(User).filter(User.id == number)])
