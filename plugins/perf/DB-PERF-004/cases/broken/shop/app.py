from fastapi import FastAPI
from pymongo import MongoClient

app = FastAPI()
db = MongoClient("mongodb://db").shop


@app.post("/orders")
def place(customer: str):
    placed = db.orders.insert_one({"customer": customer})
    db.lines.insert_one({"order": placed.inserted_id})  # finding: DB-PERF-004
    return {}


def half(:
    return
