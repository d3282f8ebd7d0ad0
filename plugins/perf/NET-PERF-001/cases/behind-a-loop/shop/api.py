import asyncio

import httpx
from fastapi import FastAPI

from shop.client import Stats, offloaded, page, price

app = FastAPI()
client = httpx.AsyncClient()


@app.get("/stats")
async def stats():
    return Stats("https://stats.example").summary()


@app.get("/price/{sku}")
async def one(sku: str, url: str):
    return price(sku), page(url)


@app.get("/thread/{sku}")
async def in_a_thread(sku: str):
    return await asyncio.to_thread(offloaded, sku)


@app.get("/direct/{sku}")
async def direct(sku: str):
    return await client.get(f"https://prices.example/{sku}")  # ok: the asynchronous client; mutate: s/await client/client/ s/httpx.AsyncClient()/httpx.Client()/
