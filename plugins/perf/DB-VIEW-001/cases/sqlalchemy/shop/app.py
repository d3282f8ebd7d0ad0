from fastapi import Depends, FastAPI
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from shop.db import session
from shop.models import Depot, Line, Order

app = FastAPI()


@app.get("/turnover")
def turnover(db: Session = Depends(session)):
    return db.execute(
        text("SELECT d.name, sum(l.price) FROM orders o JOIN lines l ON l.order_id = o.id JOIN depots d ON d.id = o.depot_id GROUP BY d.name")  # finding: DB-VIEW-001 confidence: low
    ).all()


@app.get("/turnover/built")
def built(db: Session = Depends(session)):
    query = select(Depot.id, func.sum(Line.price)).join(Order, Order.depot_id == Depot.id).join(Line, Line.order_id == Order.id).group_by(Depot.id)  # finding: DB-VIEW-001 confidence: low
    return db.execute(query).all()


@app.get("/turnover/old")
def old(db: Session = Depends(session)):
    return db.query(Depot.id, func.count(Line.id)).join(Order).join(Line).group_by(Depot.id).all()  # finding: DB-VIEW-001 confidence: low


@app.get("/turnover/mine")
def mine(user: int, db: Session = Depends(session)):
    return db.query(Depot.id, func.count(Line.id)).join(Order).join(Line).filter(Order.owner_id == user).group_by(Depot.id).all()  # ok: of one owner; mutate: s/.filter(Order.owner_id == user)//


@app.get("/turnover/orders")
def orders(db: Session = Depends(session)):
    return db.query(Depot.id, func.count(Order.id)).join(Order).group_by(Depot.id).all()  # ok: one join; mutate: s/.join(Order)/.join(Order).join(Line)/


@app.get("/turnover/of")
def of(depot: int, db: Session = Depends(session)):
    return db.execute(
        text("SELECT d.name, sum(l.price) FROM orders o JOIN lines l ON l.order_id = o.id JOIN depots d ON d.id = o.depot_id WHERE d.id = :depot GROUP BY d.name"), {"depot": depot}  # ok: of one depot; mutate: s/ WHERE d.id = :depot//
    ).all()


@app.get("/turnover/kept")
def kept(db: Session = Depends(session)):
    return cached("turnover", db.query(Depot.id, func.count(Line.id)).join(Order).join(Line).group_by(Depot.id).all)  # ok: kept for a while; mutate: s/cached(/named(/


def nightly(db):
    return db.query(Depot.id, func.count(Line.id)).join(Order).join(Line).group_by(Depot.id).all()  # ok: no request gets here
