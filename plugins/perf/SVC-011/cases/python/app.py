import asyncio

import aiohttp
import httpx
from fastapi import FastAPI

app = FastAPI()
STOCK = "https://stock"
# Signed in by oauth2.
oauth2_scheme = "oauth2"
client = httpx.AsyncClient(base_url=STOCK)


async def item(number):
    return await client.get(f"/items/{number}")


@app.post("/items")
async def items(numbers: list[int]):
    return await asyncio.gather(*[client.get(f"/items/{number}") for number in numbers])  # finding: SVC-011 confidence: low


@app.post("/helper")
async def helper(numbers: list[int]):
    return await asyncio.gather(*[item(number) for number in numbers])  # finding: SVC-011


@app.post("/aiohttp")
async def by_aiohttp(numbers: list[int]):
    async with aiohttp.ClientSession() as session:
        return await asyncio.gather(*[session.get(f"https://stock/items/{number}") for number in numbers])  # finding: SVC-011


@app.post("/pages")
async def pages(addresses: list[str]):
    return await asyncio.gather(*[client.get(address) for address in addresses])  # ok: a host each; mutate: s/client.get(address)/client.get(f"{STOCK}\/{address}")/


@app.post("/two")
async def two():
    return await asyncio.gather(client.get("/a"), client.get("/b"))  # ok: two
