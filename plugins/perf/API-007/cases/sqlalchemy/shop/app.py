from fastapi import Depends, FastAPI
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop import queries
from shop.cache import cached_total
from shop.db import session
from shop.models import Country, Memo, Order

app = FastAPI()


@app.get("/orders")
def orders(page: int = 1, db: Session = Depends(session)):
    total = db.query(Order).count()  # finding: API-007 confidence: medium
    rows = db.query(Order).order_by(Order.id).offset((page - 1) * 20).limit(20).all()
    return {"total": total, "items": rows}


@app.get("/orders/filtered")
def filtered(page: int = 1, state: str = "", db: Session = Depends(session)):
    query = db.query(Order)
    if state:
        query = query.filter(Order.state == state)
    total = query.count()  # finding: API-007 confidence: medium
    return {"total": total, "items": query.offset((page - 1) * 20).limit(20).all()}


@app.get("/orders/mine")
def mine(page: int = 1, user=Depends(lambda: None), db: Session = Depends(session)):
    query = db.query(Order)
    if user.role != "admin":
        query = query.filter(Order.owner_id == user.id)
    total = query.count()  # finding: API-007 confidence: low
    return {"total": total, "items": query.offset((page - 1) * 20).limit(20).all()}


@app.get("/orders/new")
def new(skip: int = 0, db: Session = Depends(session)):
    total = db.scalar(select(func.count()).select_from(Order))  # finding: API-007 confidence: medium
    return {"total": total, "items": db.scalars(select(Order).order_by(Order.id).offset(skip).limit(20)).all()}


@app.get("/orders/helped")
def helped(skip: int = 0, db: Session = Depends(session)):
    return {"total": queries.total(db), "items": queries.page(db, skip)}


@app.get("/orders/first")
def first(page: int = 1, db: Session = Depends(session)):
    total = None
    if page == 1:
        total = db.query(Order).count()  # ok: on the first page only; mutate: s/if page == 1/with db/
    return {"total": total, "items": db.query(Order).offset((page - 1) * 20).limit(20).all()}


@app.get("/orders/some")
def some(skip: int = 0, db: Session = Depends(session)):
    total = db.query(Order).limit(1001).count()  # ok: stops at 1 001; mutate: s/.limit(1001).count/.count/
    return {"total": total, "items": db.query(Order).offset(skip).limit(20).all()}


@app.get("/orders/kept")
def kept(skip: int = 0, db: Session = Depends(session)):
    total = cached_total("orders", lambda: db.query(Order).count())  # ok: kept for a while; mutate: s/cached_total/total_of/
    return {"total": total, "items": db.query(Order).offset(skip).limit(20).all()}


@app.get("/countries")
def countries(skip: int = 0, db: Session = Depends(session)):
    total = db.query(Country).count()  # ok: there are few countries; mutate: s/query(Country).count/query(Order).count/ s/query(Country).offset/query(Order).offset/
    return {"total": total, "items": db.query(Country).offset(skip).limit(20).all()}


@app.get("/orders/count")
def count(db: Session = Depends(session)):
    return {"total": db.query(Order).count()}  # ok: no page beside it


@app.get("/orders/by-state")
def by_state(skip: int = 0, db: Session = Depends(session)):
    counts = db.execute(select(func.count()).group_by(Order.state)).all()  # ok: groups, not a total
    return {"counts": counts, "items": db.query(Order).offset(skip).limit(20).all()}


@app.get("/memos")
def memos(page: int = 1, db: Session = Depends(session)):
    total = db.query(Memo).count()  # finding: API-007 confidence: medium
    return {"total": total, "items": db.query(Memo).offset((page - 1) * 20).limit(20).all()}


@app.get("/orders/written")
def written(page: int = 1, db: Session = Depends(session)):
    redistributed = memorandum = 3
    total = db.query(Order).count()  # finding: API-007 confidence: medium
    return {"total": total, "items": db.query(Order).offset((page - 1) * 20).limit(20).all(), "other": [redistributed, memorandum]}


@app.get("/orders/roughly")
def roughly(page: int = 1, db: Session = Depends(session)):
    total = estimated_rows("orders") or db.query(Order).count()  # ok: an estimate first; mutate: s/estimated_rows("orders") or //
    return {"total": total, "items": db.query(Order).offset((page - 1) * 20).limit(20).all()}
