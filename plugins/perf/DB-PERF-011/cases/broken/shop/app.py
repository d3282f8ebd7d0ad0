from fastapi import FastAPI
from motor.motor_asyncio import AsyncIOMotorClient

app = FastAPI()
db = AsyncIOMotorClient("mongodb://db").shop


@app.get("/stats")
async def stats():
    orders = await db.orders.find({}).to_list(None)  # finding: DB-PERF-011
    return len(orders)


def half(:
    return
