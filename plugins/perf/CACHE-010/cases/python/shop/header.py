import redis
from flask import Flask

from shop.db import count_orders, rows

app = Flask(__name__)
cache = redis.Redis()


@app.get("/count")
def count():
    cached = cache.get("count")
    if cached:
        return cached
    found = count_orders(rows()[0]["tenant_id"])
    cache.set("count", found, ex=60)  # ok: what is asked for it is not seen
    return found
