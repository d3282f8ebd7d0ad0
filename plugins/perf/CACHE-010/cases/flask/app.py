from flask import Flask, g, jsonify
from flask_caching import Cache
from flask_login import current_user

from shop.db import count_orders, load_rates

app = Flask(__name__)
cache = Cache(app, config={"CACHE_TYPE": "RedisCache"})


@app.get("/orders")
@cache.cached(timeout=60)  # finding: CACHE-010 confidence: medium
def orders():
    return jsonify(count_orders(g.tenant.id))


@app.get("/stats")
@cache.cached(timeout=60, query_string=True)  # finding: CACHE-010
def stats():
    company = current_user.company_id
    return jsonify({"count": count_orders(company)})


@app.get("/rates")
@cache.cached(timeout=60)  # ok: the same for all; mutate: s/jsonify(load_rates())/jsonify(load_rates(g.tenant.id))/
def rates():
    return jsonify(load_rates())


@app.get("/orgs/<org_id>/orders")
@cache.cached(timeout=60)  # ok: the address has the organisation; mutate: s/count_orders(org_id)/count_orders(g.tenant.id)/
def orders_of(org_id):
    return jsonify(count_orders(org_id))


@app.get("/brief")
# ok: the key is made by a function; mutate: s/, key_prefix=key_of_tenant//
@cache.cached(timeout=60, key_prefix=key_of_tenant)
def brief():
    return jsonify(count_orders(g.tenant.id))
