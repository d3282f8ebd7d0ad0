import json

import redis
import redis.asyncio
from dogpile.cache import make_region
from fastapi import Depends, FastAPI, Request

from shop.db import count_orders, orders_of, find_order
from shop.login import current_user, get_tenant_id

app = FastAPI()
region = make_region().configure("dogpile.cache.redis")
cache = redis.Redis(host="cache")
other = redis.asyncio.Redis(host="cache")


@app.get("/stats")
def stats(days: int = 7, user=Depends(current_user)):
    key = f"stats:{days}"
    cached = cache.get(key)
    if cached:
        return json.loads(cached)
    found = {"orders": count_orders(user.organization_id, days)}
    cache.setex(key, 300, json.dumps(found))  # finding: CACHE-010 confidence: medium
    return found


@app.get("/orders")
async def orders(request: Request, page: int = 1):
    tenant_id = get_tenant_id(request)
    cached = await other.get(f"orders:{page}")
    if cached:
        return json.loads(cached)
    rows = await orders_of(tenant_id, page)
    await other.set(f"orders:{page}", json.dumps(rows), ex=60)  # finding: CACHE-010 confidence: medium
    return rows


@app.get("/orders/{order_id}")
async def order(order_id: int, user=Depends(current_user)):
    key = f"order:{order_id}"
    cached = await other.get(key)
    if cached:
        return json.loads(cached)
    row = await find_order(user.org_id, order_id)
    await other.set(key, json.dumps(row), ex=60)  # finding: CACHE-010 confidence: low
    return row


@app.get("/summary")
def summary(days: int = 7, user=Depends(current_user)):
    key = f"summary:{user.organization_id}:{days}"
    cached = cache.get(key)
    if cached:
        return json.loads(cached)
    found = {"orders": count_orders(user.organization_id, days)}
    cache.setex(key, 300, json.dumps(found))  # ok: the key has the tenant; mutate: s/{user.organization_id}://
    return found


@app.get("/mine")
def mine(user=Depends(current_user)):
    key = f"mine:{user.id}"
    cached = cache.get(key)
    if cached:
        return json.loads(cached)
    found = count_orders(user.organization_id, 7)
    cache.setex(key, 300, json.dumps(found))  # ok: a user is of one tenant; mutate: s/:{user.id}//
    return found


@app.get("/rates")
def rates(day: str, user=Depends(current_user)):
    key = f"rates:{day}"
    cached = cache.get(key)
    if cached:
        return {"rates": json.loads(cached), "tenant": user.organization_id}
    found = read_rates(day)
    cache.setex(key, 300, json.dumps(found))  # ok: the same for every tenant; mutate: s/read_rates(day)/count_orders(user.organization_id, day)/
    return {"rates": found, "tenant": user.organization_id}


def read_rates(a_day):
    return {"day": a_day}


@app.get("/share")
def share(days: int = 7, user=Depends(current_user)):
    # finding: CACHE-010 confidence: medium
    return cache.get_or_set(f"share:{days}", lambda: count_orders(user.organization_id, days), 300)


@app.get("/part")
def part(days: int = 7, user=Depends(current_user)):
    # ok: the key has the tenant; mutate: s|part-{user.organization_id}-|part-|
    return cache.get_or_set(f"part-{user.organization_id}-{days}", lambda: count_orders(user.organization_id, days), 300)


@app.get("/region")
def of_region(days: int = 7, user=Depends(current_user)):
    return region.get_or_create(f"region:{days}", lambda: count_orders(user.organization_id, days))  # finding: CACHE-010 confidence: medium
