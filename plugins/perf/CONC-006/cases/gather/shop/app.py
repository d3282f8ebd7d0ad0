import asyncio
from itertools import islice

import aiohttp
import httpx
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from shop.models import Order

app = FastAPI()
client = httpx.AsyncClient(timeout=5)
engine = create_async_engine("postgresql+asyncpg://db/shop")
turns = asyncio.Semaphore(10)
URL = "https://shipping/orders"


async def all_orders(session):
    return (await session.scalars(select(Order))).all()


async def ship(order):
    return await client.post(URL, json={"id": order.id})


async def ship_in_turn(order):
    async with turns:
        return await client.post(URL, json={"id": order.id})


@app.post("/ship")
async def ship_all():
    async with AsyncSession(engine) as session:
        orders = (await session.scalars(select(Order))).all()
    await asyncio.gather(*[client.post(URL, json={"id": order.id}) for order in orders])  # finding: CONC-006 confidence: medium


@app.post("/ship/helper")
async def ship_by_helper():
    async with AsyncSession(engine) as session:
        orders = await all_orders(session)
    # finding: CONC-006 confidence: medium
    await asyncio.gather(*(ship(order) for order in orders))


@app.post("/ship/list")
async def ship_by_list():
    async with AsyncSession(engine) as session:
        orders = await all_orders(session)
    tasks = []
    async with aiohttp.ClientSession() as http:
        for order in orders:
            tasks.append(http.post(URL, json={"id": order.id}))
        await asyncio.gather(*tasks)  # finding: CONC-006


@app.post("/ship/turns")
async def ship_in_turns():
    async with AsyncSession(engine) as session:
        orders = await all_orders(session)
    await asyncio.gather(*[ship_in_turn(order) for order in orders])  # ok: ten at once; mutate: s/ship_in_turn(order) for/ship(order) for/


@app.post("/ship/first")
async def ship_first():
    async with AsyncSession(engine) as session:
        orders = (await session.scalars(select(Order).limit(10))).all()
    await asyncio.gather(*[ship(order) for order in orders])  # ok: ten of them; mutate: s/.limit(10)//


@app.post("/ship/some")
async def ship_some():
    await asyncio.gather(*[ship(order) for order in CARRIERS])  # ok: three of them


@app.post("/ship/parts")
async def ship_in_parts():
    async with AsyncSession(engine) as session:
        orders = await all_orders(session)
    for at in range(0, len(orders), 20):
        # ok: twenty at once
        await asyncio.gather(*[ship(order) for order in orders[at : at + 20]])


CARRIERS = ["north", "south", "west"]
