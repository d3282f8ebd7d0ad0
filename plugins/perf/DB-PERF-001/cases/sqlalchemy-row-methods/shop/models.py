from flask_marshmallow import Marshmallow
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
ma = Marshmallow()


class User(db.Model):
    __tablename__ = "users"
    id = db.Column(db.Integer, primary_key=True)
    shop_id = db.Column(db.Integer, db.ForeignKey("shops.id"))

    def open_orders(self, closed=False):
        orders = Order.query.filter_by(buyer_id=self.id).order_by(Order.id)
        if not closed:
            orders = orders.filter(Order.closed.is_(None))
        return orders.all()


class Shop(db.Model):
    __tablename__ = "shops"
    id = db.Column(db.Integer, primary_key=True)
    members = db.relationship("User", backref="shop", lazy="joined")

    def orders(self):
        members = [member.id for member in self.members]
        return Order.query.filter(Order.buyer_id.in_(members)).all()


class Product(db.Model):
    __tablename__ = "products"
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


class Order(db.Model):
    __tablename__ = "orders"
    id = db.Column(db.Integer, primary_key=True)
    closed = db.Column(db.DateTime)
    buyer_id = db.Column(db.Integer, db.ForeignKey("users.id"))
    product_id = db.Column(db.Integer, db.ForeignKey("products.id"))
    buyer = db.relationship("User")
    product = db.relationship("Product")
