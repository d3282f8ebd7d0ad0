import asyncio

import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient(base_url="https://stock", http2=True)


@app.post("/items")
async def items(numbers: list[int]):
    return await asyncio.gather(*[client.get(f"/items/{number}") for number in numbers])  # ok: over one connection; mutate: s/, http2=True//
