from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)


@app.route("/orders")
def orders():
    found = Order.query.paginate(page=request.args.get("page", 1, type=int))  # finding: API-007
    return {"total": found.total}


@app.route("/broken"
