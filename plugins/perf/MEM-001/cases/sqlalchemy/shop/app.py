from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop import models
from shop.models import Order, SessionLocal, User, session

app = FastAPI()


def all_users(s):
    return s.query(User).all()  # finding: MEM-001


@app.post("/mail")
def mail(s: Session = Depends(session)):
    active = [user for user in all_users(s) if user.active]  # finding: MEM-001
    return {"count": len(active)}


@app.get("/total")
def total(s: Session = Depends(session)):
    orders = s.execute(select(Order)).scalars().all()  # finding: MEM-001
    return {"total": sum(order.total for order in orders)}


@app.get("/walk")
def walk(s: Session = Depends(session)):
    total = 0
    for order in s.query(Order).all():  # finding: MEM-001
        total += order.total
    return {"total": total}


@app.get("/chunks")
def chunks(s: Session = Depends(session)):
    total = 0
    for order in s.query(Order).yield_per(500):  # ok: in chunks; mutate: s/yield_per(500)/all()/
        total += order.total
    return {"total": total}


@app.get("/own")
def own(user: int, s: Session = Depends(session)):
    orders = s.query(Order).filter(Order.user == user).all()  # ok: one user's; mutate: s/filter(Order.user == user).//
    return {"total": sum(order.total for order in orders)}


@app.get("/orders")
def listed(s: Session = Depends(session)):
    return s.query(Order).all()  # ok: the endpoint itself answers with them, which API-001 says


def rows_of(query):
    return query.order_by(Order.id).all()  # ok: the query is somebody else's


@app.post("/again")
def again(names: list[str]):
    s = SessionLocal()
    # What is asked is no model: nothing says that there are many of these.
    # finding: MEM-001 confidence: low
    marks = s.query(models.Mark).all()
    found = 0
    for name in names:
        for mark in marks:
            found += mark.text in name
    return {"found": found}


@app.post("/again/orders")
def again_orders(names: list[str]):
    s = SessionLocal()
    # finding: MEM-001 confidence: medium
    orders = s.query(models.Order).all()
    found = 0
    for order in orders:
        found += order.total > 3
    return {"found": found}
