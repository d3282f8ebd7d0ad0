from fastapi import FastAPI
from motor.motor_asyncio import AsyncIOMotorClient

app = FastAPI()
shop = AsyncIOMotorClient("mongodb://db").shop


@app.get("/orders")
async def orders(skip: int = 0):
    total = await shop.orders.count_documents({})  # finding: API-007 confidence: medium
    return {"total": total, "items": await shop.orders.find({}).sort("_id").skip(skip).limit(20).to_list(20)}


@app.get("/orders/about")
async def about(skip: int = 0):
    total = await shop.orders.estimated_document_count()  # ok: from the metadata; mutate: s/estimated_document_count()/count_documents({})/
    return {"total": total, "items": await shop.orders.find({}).sort("_id").skip(skip).limit(20).to_list(20)}
