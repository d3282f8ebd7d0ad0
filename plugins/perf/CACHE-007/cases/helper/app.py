from flask import Flask

from keys import stock_key
from rows import load_order, load_stock
from shop.db import session
from shop.models import Order, Stock
from store import delete_cached, get_cached, set_cached

app = Flask(__name__)


@app.get("/orders/<int:number>")
def order(number):
    key = f"order:{number}"
    found = get_cached(key)
    if found is None:
        found = load_order(session, number)
        set_cached(key, found, 3600)  # finding: CACHE-007 confidence: medium
    return found


@app.put("/orders/<int:number>")
def change(number):
    session.query(Order).filter_by(number=number).update({"open": False})
    return ""


@app.get("/stocks/<int:number>")
def stock(number):
    found = get_cached(stock_key(number))
    if found is None:
        found = load_stock(session, number)
        set_cached(stock_key(number), found, 3600)  # ok: taken away by the function that makes the key; mutate: s/    delete_cached(stock_key(number))\n/\n/
    return found


@app.put("/stocks/<int:number>")
def sell(number):
    session.query(Stock).filter_by(number=number).update({"amount": 0})
    delete_cached(stock_key(number))
    return ""
