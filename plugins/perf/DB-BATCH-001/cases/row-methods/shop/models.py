from shop.database import Stored, db


class State(Stored, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String, unique=True)


class Order(Stored, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    state = db.Column(db.String)
