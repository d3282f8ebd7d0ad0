from apiflask import APIFlask
from bottle import Bottle
from flask.views import MethodView
from flask_smorest import Blueprint
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)


app = APIFlask(__name__)
shelves = Bottle()
blueprint = Blueprint("orders", __name__)


@app.get("/orders")
def all_orders():  # finding: API-001
    return db.session.query(Order).all()


@shelves.get("/orders")
def shelf_orders():  # finding: API-001
    return {"orders": db.session.query(Order).all()}


@blueprint.route("/orders")
class Orders(MethodView):
    def get(self):  # finding: API-001
        return db.session.query(Order).all()


def exported():  # ok: nobody answers with it
    return db.session.query(Order).all()
