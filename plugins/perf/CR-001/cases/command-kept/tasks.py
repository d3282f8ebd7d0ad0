import asyncio

from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
async def order(number: int):
    asyncio.create_task(send(number))
    return {"ok": True}


async def send(number):
    ...
