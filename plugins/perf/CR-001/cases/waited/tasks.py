import asyncio
import threading

from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
async def order(number: int):
    first = asyncio.create_task(send(number))
    await first
    return {"ok": True}


@app.post("/mails")
def mails():
    thread = threading.Thread(target=deliver)
    thread.start()
    thread.join()
    return {"ok": True}


async def send(number):
    ...


def deliver():
    ...
