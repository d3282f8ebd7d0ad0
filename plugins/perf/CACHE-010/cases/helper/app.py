from flask import Flask, g

from keys import key_for
from reads import load_invoices, load_seats
from store import get_cached, set_cached

app = Flask(__name__)


@app.get("/invoices")
def invoices():
    cached = get_cached("invoices")
    if cached:
        return cached
    found = load_invoices(g.tenant.id)
    set_cached("invoices", found, 60)  # finding: CACHE-010 confidence: medium
    return found


@app.get("/seats")
def seats():
    key = key_for("seats")
    cached = get_cached(key)
    if cached:
        return cached
    found = load_seats(g.tenant.id)
    set_cached(key, found, 60)  # ok: the function puts the tenant in front; mutate: s/key_for("seats")/"seats"/
    return found
