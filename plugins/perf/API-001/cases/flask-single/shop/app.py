from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))


class Shown:
    def dump(self, value):
        return {"value": str(value)}


@app.get("/orders/<int:number>")
def order(number):  # ok: one row, or none; mutate: s/first_or_404()/all()/
    found = Order.query.filter_by(state=1).first_or_404()
    return Shown().dump(found)


@app.get("/orders")
def orders():  # finding: API-001
    return Shown().dump(Order.query.all())
