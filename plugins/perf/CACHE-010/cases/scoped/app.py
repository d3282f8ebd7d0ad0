from flask import Flask, g

from reads import load_invoices
from store import TenantCache

app = Flask(__name__)


@app.get("/invoices")
def invoices():
    cache = TenantCache(g.tenant.id)
    cached = cache.get("invoices")
    if cached:
        return cached
    found = load_invoices(g.tenant.id)
    cache.set("invoices", found, 60)  # ok: the cache is one tenant's; mutate: s/cache = TenantCache(g.tenant.id)/cache = Store()/
    return found
