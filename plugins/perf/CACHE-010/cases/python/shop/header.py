import redis
from flask import Flask, request

from shop.db import count_orders, rows

app = Flask(__name__)
cache = redis.Redis()


@app.get("/count")
def count():
    cached = cache.get("count")
    if cached:
        return cached
    found = count_orders(rows()[0]["tenant_id"])
    cache.set("count", found, ex=60)  # ok: a row's, and nobody's who asks; mutate: s/rows()[0]/request.headers/
    return found
