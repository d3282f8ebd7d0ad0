from flask_sqlalchemy import BaseQuery, SQLAlchemy
from sqlalchemy.orm import backref

db = SQLAlchemy()


class Customer(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.ForeignKey("customer.id"))
    customer = db.relationship("Customer", lazy="joined")
    lines = db.relationship("Line")
    notes = db.relationship("Note")

    class query_class(BaseQuery):
        def open(self):
            return self.filter(Order.state == 1)

    def serialize(self, with_lines=False):
        data = {"id": self.id, "customer": self.customer.id}
        if with_lines:
            data["lines"] = [line.id for line in self.lines]
        return data

    def to_dict(self):
        return {"id": self.id, "notes": [note.text for note in self.notes]}


class Line(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.ForeignKey("order.id"))


class Note(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.ForeignKey("order.id"))
    text = db.Column(db.String)


class Parcel(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    order = db.relationship(Order, backref=backref("parcels"))

    def to_json(self):
        return {"id": self.id, "order": self.order.id}
