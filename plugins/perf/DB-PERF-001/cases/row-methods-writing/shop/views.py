from flask import Flask, request

from shop.models import Order

app = Flask(__name__)


@app.post("/orders/close")
def close():
    for order in Order.all_of(Order.id.in_(request.json["ids"])):
        order.close()  # finding: DB-PERF-001 confidence: medium


@app.post("/orders/reopen")
def reopen():
    for order in Order.all_of(Order.id.in_(request.json["ids"])):
        order.reopen()  # ok: asks for nothing else; mutate: s/order.reopen()/order.close()/
