import asyncio

import httpx
from fastapi import Depends, FastAPI, Query, Request
from pydantic import BaseModel, Field

app = FastAPI()
client = httpx.AsyncClient(timeout=5)


class Batch(BaseModel):
    ids: list[int]
    few: list[int] = Field(max_length=10)


def chosen():
    return [1, 2]


@app.post("/orders")
async def orders(ids: list[int]):
    # finding: CONC-006 confidence: medium
    await asyncio.gather(*[client.get(f"https://orders/{one}") for one in ids])


@app.post("/prices")
async def prices(batch: Batch):
    # finding: CONC-006 confidence: medium
    await asyncio.gather(*[client.get(f"https://prices/{one}") for one in batch.ids])


@app.post("/few")
async def few(batch: Batch):
    # ok: the model takes ten at most; mutate: s/batch.few/batch.ids/
    await asyncio.gather(*[client.get(f"https://prices/{one}") for one in batch.few])


@app.post("/bounded")
async def bounded(ids: list[int] = Query(max_length=10)):
    # ok: ten at most; mutate: s/ = Query(max_length=10)//
    await asyncio.gather(*[client.get(f"https://orders/{one}") for one in ids])


@app.post("/chosen")
async def of_chosen(ids: list[int] = Depends(chosen)):
    # ok: another function chooses them; mutate: s/ = Depends(chosen)//
    await asyncio.gather(*[client.get(f"https://orders/{one}") for one in ids])


@app.post("/raw")
async def raw(request: Request):
    sent = await request.json()
    # finding: CONC-006 confidence: medium
    await asyncio.gather(*[client.get(f"https://orders/{one}") for one in sent["ids"]])
