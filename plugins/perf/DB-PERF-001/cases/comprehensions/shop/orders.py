from fastapi import FastAPI
from sqlmodel import Session, create_engine

from shop.models import Customer, Order

app = FastAPI()
engine = create_engine("postgresql://shop")


@app.get("/orders")
def orders(ids: list[int]):
    with Session(engine) as session:
        return [session.get(Order, one) for one in ids]  # finding: DB-PERF-001 confidence: high -- what leaves the block has gone through all of them


@app.get("/customers")
def customers(ids: list[int]):
    try:
        with Session(engine) as session:
            found = {one: session.get(Customer, one) for one in ids}  # finding: DB-PERF-001
            return found
    except KeyError:
        return {}


@app.get("/first")
def first(ids: list[int]):
    with Session(engine) as session:
        for one in ids:
            order = session.get(Order, one)  # ok: the first that is there is the answer; mutate: s/            return order\n/            print(order)\n/
            return order
        return None
