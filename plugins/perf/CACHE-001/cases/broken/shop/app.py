from fastapi import FastAPI
from pymongo import MongoClient

app = FastAPI()
db = MongoClient("mongodb://db").shop


@app.get("/orders/{key}")
def order(key: str):
    total = db.orders.find_one({"_id": key})["total"]
    owner = db.orders.find_one({"_id": key})["owner"]  # finding: CACHE-001
    return {"total": total, "owner": owner}


def half(:
    return
