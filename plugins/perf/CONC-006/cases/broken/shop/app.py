import asyncio

import httpx
from fastapi import FastAPI
from motor.motor_asyncio import AsyncIOMotorClient

app = FastAPI()
client = httpx.AsyncClient(timeout=5)
shop = AsyncIOMotorClient("mongodb://db").shop

@app.post("/depots")
async def depots():
    rows = await shop.orders.find({}).to_list(None)

    await asyncio.gather(*[client.get(row["url"]) for row in rows])  # finding: CONC-006
