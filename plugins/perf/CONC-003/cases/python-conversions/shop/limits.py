import redis.asyncio as redis
from fastapi import FastAPI

app = FastAPI()
store = redis.Redis()


@app.get("/limits/{key}")
async def limits(key: str):
    limit = await store.hget(key, "rate")
    try:
        limit = int(limit)
    except TypeError:
        limit = 60
    used = await store.get(f"used:{key}")  # finding: CONC-003
    return limit, used


@app.get("/strict/{key}")
async def strict(key: str):
    limit = await store.hget(key, "rate")
    try:
        limit = int(limit)
    except TypeError:
        raise KeyError(key)
    used = await store.get(f"used:{key}")  # ok: without a limit nothing else is asked; mutate: s/raise KeyError(key)/limit = 60/
    return limit, used
