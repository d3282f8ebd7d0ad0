import redis
from flask import Flask, g

from reads import load_invoices

app = Flask(__name__)
cache = redis.Redis()


@app.get("/invoices")
def invoices():
    cached = cache.get("invoices")
    if cached:
        return cached
    found = load_invoices(g.tenant.id)
    # perfctl: allow CACHE-010 -- every tenant has a Redis of its own
    cache.set("invoices", found, 60)
    return found
