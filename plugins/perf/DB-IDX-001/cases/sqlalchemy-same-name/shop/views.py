from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from shop.models import Order, Parcel, Refund

app = FastAPI()


@app.get("/orders")
def orders(session: Session):
    return session.scalars(select(Order).options(selectinload(Order.remarks)).limit(20)).all()


@app.get("/parcels/{number}")
def parcel(number: int, session: Session):
    parcel = session.get(Parcel, number)
    return [remark.id for remark in parcel.remarks]


@app.get("/refunds/{number}")
def refund(number: int, session: Session):
    refund = session.get(Refund, number)
    found = read(refund.id)
    return len(found.remarks)


def read(number):
    return number
