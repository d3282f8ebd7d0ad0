from beanie import Document
from fastapi import FastAPI
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import MongoClient

app = FastAPI()
db = AsyncIOMotorClient("mongodb://db").shop
archive = MongoClient("mongodb://archive").shop


class Invoice(Document):
    total: int
    paid: bool


@app.get("/stats")
async def stats():
    orders = await db.orders.find({"state": "paid"}).to_list(None)  # finding: DB-PERF-011 confidence: medium
    return {"total": sum(order["total"] for order in orders)}


@app.get("/totals")
def totals():
    rows = list(archive.orders.find())  # finding: DB-PERF-011
    return {"count": len(rows)}


@app.get("/sums")
def sums():
    totals = [row["total"] for row in archive.orders.find({})]  # finding: DB-PERF-011
    return {"sum": sum(totals)}


@app.get("/recent")
async def recent():
    rows = await db.orders.find({}).sort("at", -1).to_list(50)  # ok: an amount; mutate: s/to_list(50)/to_list(None)/
    return {"rows": len(rows)}


@app.get("/newest")
async def newest():
    cursor = db.orders.find({}).sort("at", -1).limit(20)  # ok: limit on the cursor; mutate: s/.limit(20)//
    rows = await cursor.to_list(None)
    return {"rows": len(rows)}


@app.get("/customers/{customer}/orders")
async def orders_of(customer: str):
    # ok: the rows of one customer; mutate: s/{"customer": customer}/{}/
    rows = await db.orders.find({"customer": customer}).to_list(None)
    return {"rows": len(rows)}


@app.get("/bought")
async def bought(ids: list[str]):
    rows = await db.products.find({"_id": {"$in": ids}}).to_list(None)  # ok: a list of ids; mutate: s/"$in": ids/"$exists": True/
    return {"rows": len(rows)}


@app.get("/search")
async def search(words: str):
    rows = await db.products.find({"$text": {"$search": words}}).to_list(None)  # finding: DB-PERF-011
    return {"rows": len(rows)}


@app.get("/walk")
def walk():
    total = 0
    for row in archive.orders.find({}):  # ok: one row after the other
        total += row["total"]
    return {"total": total}


@app.get("/roles")
async def granted():
    rows = await db.roles.find({}).to_list(None)  # ok: few by nature; mutate: s/db.roles/db.visits/
    return {"rows": len(rows)}


@app.get("/invoices")
async def invoices():
    rows = await Invoice.find(Invoice.paid == True).to_list()  # finding: DB-PERF-011
    return {"rows": len(rows)}


async def everything(conditions):
    return await db.orders.find(conditions).to_list(None)  # finding: DB-PERF-011


@app.get("/filtered")
async def filtered(state: str | None = None):
    conditions = {}
    if state:
        conditions["state"] = state
    rows = await everything(conditions)
    return {"rows": len(rows)}


async def matching(conditions):
    # ok: every caller names the customer; mutate: s/matching({"customer": customer})/matching(conditions)/
    return await db.carts.find(conditions).to_list(None)


@app.get("/customers/{customer}/carts")
async def carts(customer: str, conditions=None):
    rows = await matching({"customer": customer})
    return {"rows": len(rows)}
