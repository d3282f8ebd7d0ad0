from fastapi import FastAPI
from sqlalchemy.orm import Session

from shop.store import Orders

app = FastAPI()


@app.put("/orders")
def update(orders: list[dict], session: Session):
    store = Orders(session)
    for order in orders:
        store.update(order["number"], order)  # finding: DB-PERF-001


@app.delete("/orders")
def delete(numbers: list[int], session: Session):
    store = Orders(session)
    for number in numbers:
        store.delete(number)  # finding: DB-PERF-001


@app.post("/orders")
def create(orders: list[dict], session: Session):
    store = Orders(session)
    for order in orders:
        # ok: nothing is read for it, that it is written one by one another rule says; mutate: shop/store.py s/self.session.add(Order(**values))/self.find(values["number"])/
        store.create(order)
