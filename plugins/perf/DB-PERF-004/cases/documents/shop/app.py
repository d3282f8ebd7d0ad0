from fastapi import FastAPI
from pymongo import MongoClient

app = FastAPI()
client = MongoClient("mongodb://db")
db = client.shop


@app.post("/orders")
def place(customer: str):
    placed = db.orders.insert_one({"customer": customer})
    db.lines.insert_one({"order": placed.inserted_id})  # finding: DB-PERF-004
    return {}


@app.post("/held")
def held(customer: str):
    with client.start_session() as session, session.start_transaction():
        placed = db.orders.insert_one({"customer": customer}, session=session)
        db.lines.insert_one({"order": placed.inserted_id}, session=session)  # ok: one transaction
    return {}
