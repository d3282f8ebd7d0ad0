from fastapi import Depends, FastAPI, HTTPException, Query
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shop import queries
from shop.db import session
from shop.models import Currency, Order

app = FastAPI()
MAX_PAGE = 50


@app.get("/orders")
def orders(page: int = 1, db: Session = Depends(session)):
    return db.query(Order).order_by(Order.id).offset((page - 1) * 20).limit(20).all()  # finding: API-006 confidence: medium


@app.get("/orders/new")
def new(skip: int = 0, db: Session = Depends(session)):
    return db.scalars(select(Order).order_by(Order.id).offset(skip).limit(20)).all()  # finding: API-006 confidence: medium


@app.get("/orders/shown")
def shown(skip: int = 0, db: Session = Depends(session)):
    return db.query(Order).filter(Order.hidden == False).offset(skip).limit(20).all()  # finding: API-006 confidence: medium


@app.get("/orders/waiting")
def waiting(skip: int = 0, db: Session = Depends(session)):
    return db.query(Order).filter(Order.state == 3).offset(skip).limit(20).all()  # finding: API-006 confidence: low


@app.get("/orders/helped")
def helped(skip: int = 0, db: Session = Depends(session)):
    return queries.page(db, skip)


@app.get("/users/{user}/orders")
def of_user(user: int, skip: int = 0, db: Session = Depends(session)):
    return db.query(Order).filter(Order.owner_id == user).offset(skip).limit(20).all()  # finding: API-006 confidence: low


@app.get("/orders/sql")
def sql(skip: int = 0, db: Session = Depends(session)):
    return db.execute(text("SELECT id FROM orders ORDER BY id LIMIT 20 OFFSET :skip"), {"skip": skip}).all()  # finding: API-006 confidence: medium


@app.get("/orders/either")
def either(after_id: int = 0, skip: int = 0, db: Session = Depends(session)):
    query = db.query(Order).order_by(Order.id)
    if after_id:
        return query.filter(Order.id > after_id).limit(20).all()
    return query.offset(skip).limit(20).all()  # ok: offers a way by the key; mutate: s/after_id: int/least: int/ s/if after_id/if least/ s/> after_id/> least/


@app.get("/orders/shallow")
def shallow(page: int = 1, db: Session = Depends(session)):
    if page > MAX_PAGE:
        raise HTTPException(400)
    return db.query(Order).offset((page - 1) * 20).limit(20).all()  # ok: refuses deep pages; mutate: s/page > MAX_PAGE/page < 1/


@app.get("/orders/declared")
def declared(page: int = Query(1, le=50), db: Session = Depends(session)):
    return db.query(Order).offset((page - 1) * 20).limit(20).all()  # ok: refuses deep pages; mutate: s/Query(1, le=50)/Query(1)/


@app.get("/orders/second")
def second(db: Session = Depends(session)):
    return db.query(Order).offset(1).first()  # ok: a fixed place


@app.get("/currencies")
def currencies(skip: int = 0, db: Session = Depends(session)):
    return db.query(Currency).offset(skip).limit(20).all()  # ok: there are few of them; mutate: s/query(Currency)/query(Order)/


@app.get("/orders/clamped")
def clamped(skip: int = 0, limit: int = 20, db: Session = Depends(session)):
    size = queries.clamp(limit)
    return db.query(Order).limit(size).offset(skip * size).all()  # finding: API-006 confidence: medium


@app.get("/orders/begun")
def begun(skip: int = 0, db: Session = Depends(session)):
    return queries.seen_by(db).offset(skip).limit(20).all()  # finding: API-006 confidence: low
