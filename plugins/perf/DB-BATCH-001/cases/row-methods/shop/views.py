from flask import Flask, request

from shop.database import db
from shop.models import Order

app = Flask(__name__)


@app.post("/orders/close")
def close():
    for order in Order.all_of(Order.id.in_(request.json["ids"])):
        order.state = "closed"
        order.save()  # finding: DB-BATCH-001 confidence: medium


@app.post("/orders/remove")
def remove():
    for order in Order.all_of(Order.id.in_(request.json["ids"])):
        order.remove()  # finding: DB-BATCH-001 confidence: medium


@app.post("/orders/mark")
def mark():
    for order in Order.all_of(Order.id.in_(request.json["ids"])):
        order.mark()  # ok: one commit after the loop; mutate: s/order.mark()/order.save()/
    db.session.commit()


@app.post("/orders/try")
def attempt():
    for order in Order.all_of(Order.id.in_(request.json["ids"])):
        try:
            order.save()  # finding: DB-BATCH-001 confidence: low -- what fails is undone alone
        except ValueError:
            db.session.rollback()
