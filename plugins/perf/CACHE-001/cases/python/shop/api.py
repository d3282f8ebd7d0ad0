from fastapi import Depends, FastAPI
from pymongo import MongoClient
from sqlalchemy.orm import Session

from shop.tables import Order, session

app = FastAPI()
db = MongoClient("mongodb://db").shop


@app.get("/orders/{key}")
def order(key: str):
    total = db.orders.find_one({"_id": key})["total"]
    owner = db.orders.find_one({"_id": key})["owner"]  # finding: CACHE-001
    return {"total": total, "owner": owner}


@app.get("/kept/{key}")
def kept(key: int, s: Session = Depends(session)):
    total = s.get(Order, key).total
    owner = s.get(Order, key).owner  # ok: the session keeps it by its key
    return {"total": total, "owner": owner}
