import asyncio

import httpx
import requests
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
    return await client.get(f"https://prices.example/{sku}")  # ok: the asynchronous client; mutate: s/async def direct/def direct/ s/await client/client/ s/httpx.AsyncClient()/httpx.Client()/


@app.get("/here/{sku}")
async def here(sku: str):
    return requests.get(f"https://prices.example/{sku}", timeout=2).json()  # ok: CONC-001 is about a coroutine that stands still; mutate: s/async def here/def here/


@app.get("/all")
async def every(skus: list[str]):
    return [requests.get(f"https://prices.example/{sku}", timeout=2).json() for sku in skus]  # finding: NET-PERF-001 confidence: medium


@app.get("/rates")
async def rates():
    return requests.get("https://rates.example/today", timeout=2).json()  # finding: NET-PERF-001
