from fastapi import Depends, FastAPI
from pymongo import MongoClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop import models
from shop.models import Order, session

app = FastAPI()
db = MongoClient("mongodb://db").shop


@app.get("/totals")
def totals(customer: int, s: Session = Depends(session)):
    orders = s.query(Order).filter(Order.customer == customer).all()  # finding: DB-PERF-003
    return {"total": sum(order.total for order in orders)}


@app.get("/newest")
def newest(customer: int, s: Session = Depends(session)):
    orders = s.execute(select(Order).where(Order.customer == customer)).scalars().all()  # finding: DB-PERF-003
    return {"totals": [order.total for order in orders]}


@app.get("/columns")
def columns(customer: int, s: Session = Depends(session)):
    orders = s.query(Order.total).filter(Order.customer == customer).all()  # ok: one column; mutate: s/s.query(Order.total)/s.query(Order)/
    return {"total": sum(order.total for order in orders)}


@app.get("/labels")
def labels(customer: int, s: Session = Depends(session)):
    orders = s.query(Order).filter(Order.customer == customer).all()  # ok: a property computes it; mutate: s/order.label/order.notes/
    return [order.label for order in orders]


@app.get("/orders")
def listed(customer: int, s: Session = Depends(session)):
    orders = s.query(Order).filter(Order.customer == customer).all()  # ok: the rows are the answer; mutate: s/return orders/return len(orders)/
    return orders


@app.get("/skus")
def skus():
    return sorted(product["sku"] for product in db.products.find({"sold": True}))  # finding: DB-PERF-003


@app.get("/chosen")
def chosen():
    return [product["sku"] for product in db.products.find({"sold": True}, {"sku": 1})]  # ok: picked; mutate: s/, {"sku": 1}//


@app.get("/products/first")
def first_sold():
    oldest = db.products.find({"sold": True}).sort("at", 1).limit(1)  # ok: one row; mutate: s/.limit(1)/.limit(1000)/
    return [product["sku"] for product in oldest]


@app.get("/marks")
def marks(s: Session = Depends(session)):
    found = s.query(models.Mark).all()  # ok: its key and what is used are all that it has; mutate: s/models.Mark/models.Order/, s/mark.label/mark.total/
    return {mark.text: mark.label for mark in found}
