import os

import redis
from fastapi import FastAPI
from sqlalchemy import create_engine, text

app = FastAPI()


@app.get("/orders")
def orders():
    # finding: DB-PERF-021
    engine = create_engine(os.environ["DATABASE_URL"])
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id FROM orders")).all()
    engine.dispose()
    return [row.id for row in rows]


@app.get("/sums")
async def sums():
    # finding: DB-PERF-021
    cache = redis.asyncio.Redis(host="cache")
    total = await cache.get("total")
    await cache.aclose()
    return total
