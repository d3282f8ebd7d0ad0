import asyncio

import httpx
from fastapi import FastAPI
from motor.motor_asyncio import AsyncIOMotorClient

app = FastAPI()
client = httpx.AsyncClient(timeout=5)
shop = AsyncIOMotorClient("mongodb://db").shop


@app.post("/depots")
async def depots():
    rows = await shop.depots_seen.find({}).to_list(None)
    # perfctl: allow CONC-006 -- nine depots, and none is planned
    await asyncio.gather(*[client.get(row["url"]) for row in rows])
