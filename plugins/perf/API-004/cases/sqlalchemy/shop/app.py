from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from shop import queries
from shop.db import session
from shop.models import Currency, Order

app = FastAPI()


@app.get("/orders")
def orders(skip: int = 0, limit: int = 20, db: Session = Depends(session)):  # finding: API-004 confidence: low
    return db.query(Order).order_by(Order.id).offset(skip).limit(limit).all()


@app.get("/orders/helped")
def helped(skip: int = 0, db: Session = Depends(session)):  # finding: API-004 confidence: low
    return queries.page(db, skip)


@app.get("/orders/filtered")
def filtered(state: int = 0, skip: int = 0, db: Session = Depends(session)):  # ok: takes a state; mutate: s/state: int = 0, // s/filter_by(state=state).//
    return db.query(Order).filter_by(state=state).offset(skip).limit(20).all()


@app.get("/orders/looked")
def looked(skip: int = 0, found=Depends(), db: Session = Depends(session)):  # ok: a dependency may filter; mutate: s/found=Depends(), //
    return db.query(Order).offset(skip).limit(20).all()


@app.get("/users/{user}/orders")
def of_user(user: int, skip: int = 0, db: Session = Depends(session)):  # ok: of one owner
    return db.query(Order).filter(Order.owner_id == user).offset(skip).limit(20).all()


@app.get("/currencies")
def currencies(skip: int = 0, db: Session = Depends(session)):  # ok: there are few of them; mutate: s/query(Currency)/query(Order)/
    return db.query(Currency).offset(skip).limit(20).all()
