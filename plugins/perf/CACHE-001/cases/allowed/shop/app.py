from fastapi import FastAPI
from pymongo import MongoClient

app = FastAPI()
db = MongoClient("mongodb://db").shop


@app.get("/orders/{key}")
def order(key: str):
    before = db.orders.find_one({"_id": key})
    # perfctl: allow CACHE-001 -- another service writes it in the meantime
    after = db.orders.find_one({"_id": key})
    return {"changed": before != after}
