import asyncio

import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient()


@app.post("/items")
async def items(numbers: list[int]):
    # perfctl: allow SVC-011 -- the other side speaks HTTP/1.1 only
    return await asyncio.gather(*[client.get(f"https://stock/items/{number}") for number in numbers])
