from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order, User, session

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
