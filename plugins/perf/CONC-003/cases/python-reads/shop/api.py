import asyncio
import logging

import httpx
from fastapi import Depends, FastAPI, HTTPException
from motor.motor_asyncio import AsyncIOMotorClient

from shop.clients import Geo

app = FastAPI()
log = logging.getLogger(__name__)
db = AsyncIOMotorClient("mongodb://localhost").shop


def get_geo() -> Geo:
    return Geo(httpx.AsyncClient())


@app.get("/quote")
async def quote(origin: str, destination: str, geo: Geo = Depends(get_geo)):
    start = await geo.point(origin)
    end = await geo.point(destination)  # finding: CONC-003
    # Needs both.
    leg = await geo.leg(start, end)  # ok: its arguments come from the two before it
    return leg


@app.get("/orders/{number}")
async def order(number: str, customer: str):
    row = await db.orders.find_one({"number": number})
    log.info("order %s", number)
    wanted = {"customer": customer}
    others = await db.orders.count_documents(wanted)  # finding: CONC-003
    return {"order": row, "others": others}


@app.get("/guarded/{number}")
async def guarded(number: str, customer: str):
    row = await db.orders.find_one({"number": number})
    if row is None or row["customer"] != customer:
        raise HTTPException(404)
    others = await db.orders.count_documents({"customer": customer})  # ok: not asked where the order is another's; mutate: s/raise HTTPException(404)/row = {}/; mutate: s/ or row["customer"] != customer//
    return {"order": row, "others": others}


@app.get("/name/{number}")
async def name(number: str):
    row = await db.orders.find_one({"number": number})
    customer = await db.customers.find_one({"id": row["customer"]})  # ok: needs the order; mutate: s/row["customer"]/number/
    return customer


@app.get("/through/{number}")
async def through(number: str, wanted: dict):
    row = await db.orders.find_one({"number": number})
    wanted["id"] = row["customer"]
    customer = await db.customers.find_one(wanted)  # ok: needs the order, by way of the filter; mutate: s/= row["customer"]/= number/
    return customer


@app.get("/maybe/{number}")
async def maybe(number: str):
    open_orders = await db.orders.count_documents({"number": number})
    late = await db.late.count_documents({"number": number}) if open_orders else 0  # ok: asked only when the first answer says so; mutate: s/if open_orders/if number/
    return open_orders, late


@app.post("/orders/{number}")
async def update(number: str, body: dict):
    await db.orders.update_one({"number": number}, {"$set": body})
    row = await db.orders.find_one({"number": number})  # ok: reads what was written
    return row


@app.delete("/orders/{number}")
async def delete(number: str):
    row = await db.orders.find_one({"number": number})
    await db.orders.delete_one({"number": number})  # ok: read before it is gone
    return row


async def require_staff(user: str):
    if not await db.staff.find_one({"user": user}):
        raise HTTPException(403)
    return user


@app.get("/staff")
async def staff(user: str):
    who = await require_staff(user)
    rows = await db.orders.count_documents({})  # ok: only for staff; mutate: s/await require_staff(user)/await db.staff.find_one({"user": user})/
    return who, rows


@app.get("/together")
async def together(origin: str, destination: str, geo: Geo = Depends(get_geo)):
    start, end = await asyncio.gather(geo.point(origin), geo.point(destination))  # ok: already together
    return start, end


@app.get("/body")
async def body(url: str, client: httpx.AsyncClient = Depends(httpx.AsyncClient)):
    first = await client.get(url)
    second = await client.get("https://rates.example/today")  # finding: CONC-003
    return first.json(), second.json()


@app.get("/either")
async def either(kind: str, number: str):
    row = await db.orders.find_one({"n": number}) if kind == "order" else await db.offers.find_one({"n": number})  # ok: one of the two
    return row
