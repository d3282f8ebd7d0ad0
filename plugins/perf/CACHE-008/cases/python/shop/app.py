import json

import redis
import redis.asyncio
from fastapi import FastAPI

app = FastAPI()
cache = redis.Redis(host="cache")
other = redis.asyncio.Redis(host="cache")


@app.get("/orders/{number}")
def order(number: int):
    cached = cache.get(f"order:{number}")
    if cached:
        return json.loads(cached)
    found = load(number)
    cache.set(f"order:{number}", json.dumps(found))  # finding: CACHE-008 confidence: medium
    return found


@app.get("/orders/{number}/brief")
async def brief(number: int):
    key = f"brief:{number}"
    cached = await other.get(key)
    if cached is not None:
        return json.loads(cached)
    found = load(number)
    await other.set(key, json.dumps(found))  # finding: CACHE-008
    return found


@app.get("/orders/{number}/kept")
def kept(number: int):
    cached = cache.get(f"kept:{number}")
    if cached:
        return json.loads(cached)
    found = load(number)
    cache.set(f"kept:{number}", json.dumps(found), ex=300)  # ok: ends after five minutes; mutate: s/, ex=300//
    return found


@app.get("/orders/{number}/ended")
def ended(number: int):
    cached = cache.get(f"ended:{number}")
    if cached:
        return json.loads(cached)
    found = load(number)
    cache.set(f"ended:{number}", json.dumps(found))  # ok: an end is set below; mutate: s/cache.expire(f"ended:{number}", 300)/pass/
    cache.expire(f"ended:{number}", 300)
    return found


@app.post("/visits")
def visits():
    before = cache.get("visits")
    if not before:
        return 0
    cache.set("visits", int(before) + 1)  # ok: a counter is state
    return before


@app.post("/orders/{number}/ship")
def ship(number: int):
    if cache.get(f"shipped:{number}"):
        return {"state": "shipped"}
    cache.set(f"shipped:{number}", "yes")  # ok: a mark that is only looked at is state
    return load(number)


@app.get("/orders/{number}/slowly")
def slowly(number: int):
    cached = cache.get(f"slowly:{number}")
    if cached:
        return json.loads(cached)
    throttle(number)
    found = load(number)
    cache.set(f"slowly:{number}", json.dumps(found))  # finding: CACHE-008
    return found


@app.get("/orders/{number}/ended")
def ended(number: int):
    cached = cache.get(f"ended:{number}")
    if cached:
        return json.loads(cached)
    found = load(number)
    cache.set(f"ended:{number}", json.dumps(found))  # ok: ends an hour later; mutate: s/    cache.pexpire(f"ended:{number}", 3600000)\n//
    cache.pexpire(f"ended:{number}", 3600000)
    return found


@app.post("/mode")
def mode(name: str):
    cache.set("mode", name)  # ok: nobody asks first, a setting
    return name


def load(number):
    return {"number": number}
