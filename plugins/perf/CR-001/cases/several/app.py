import asyncio

from fastapi import FastAPI

app = FastAPI()


@app.post("/update")
async def update():
    asyncio.create_task(load())
    return {"ok": True}


async def load():
    ...
