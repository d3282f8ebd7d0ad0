import asyncio

import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient()


@app.post("/items")
async def items(numbers: list[int]):
    return await asyncio.gather(*[client.get(f"https://stock/items/{number}") for number in numbers])  # finding: SVC-011


def broken(:
    pass
