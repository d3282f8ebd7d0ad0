import json

import redis
from flask import Flask

from shop.db import session
from shop.models import Order

app = Flask(__name__)
cache = redis.Redis()


@app.get("/orders/<int:number>")
def order(number):
    cached = cache.get(f"order:{number}")
    if cached:
        return json.loads(cached)
    found = session.get(Order, number)
    # perfctl: allow CACHE-007 -- an hour is what the shop shows anyway
    cache.set(f"order:{number}", json.dumps(found), ex=3600)
    return found


@app.put("/orders/<int:number>")
def change(number):
    session.query(Order).filter_by(number=number).update({"open": False})
    return ""
