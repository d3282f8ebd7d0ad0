from typing import List

from fastapi import Depends, FastAPI, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from shop import queries
from shop.db import session
from shop.models import Order

app = FastAPI()


class OrderOut(BaseModel):
    id: int
    count: int


class Page(BaseModel):
    items: List[OrderOut]
    total: int


@app.get("/orders", response_model=List[OrderOut])
def orders(skip: int = 0, limit: int = 20, db: Session = Depends(session)):  # finding: API-003 confidence: medium
    return db.query(Order).order_by(Order.id).offset(skip).limit(limit).all()


@app.get("/orders/typed")
def typed(page: int = 1, size: int = 20, db: Session = Depends(session)) -> list[OrderOut]:  # finding: API-003 confidence: medium
    return queries.page(db, page, size)


@app.get("/orders/helped")
def helped(offset: int = 0, limit: int = 20, db: Session = Depends(session)):  # finding: API-003 confidence: medium
    return queries.rows(db, offset, limit)


@app.get("/orders/fixed")
def fixed(page: int = 1, db: Session = Depends(session)) -> list[OrderOut]:  # finding: API-003 confidence: low
    return queries.page(db, page, 20)


@app.get("/orders/pages", response_model=Page)
def pages(skip: int = 0, limit: int = 20, db: Session = Depends(session)):  # ok: an object with its total; mutate: s/response_model=Page/response_model=List[OrderOut]/
    return queries.whole(db, skip, limit)


@app.get("/orders/headed", response_model=List[OrderOut])
def headed(response: Response, skip: int = 0, limit: int = 20, db: Session = Depends(session)):  # ok: the header says; mutate: s/response.headers["X-Total-Count"]/known["X-Total-Count"]/
    known = {}
    response.headers["X-Total-Count"] = str(db.query(Order).count())
    return db.query(Order).order_by(Order.id).offset(skip).limit(limit).all()


@app.get("/orders/wrapped")
def wrapped(skip: int = 0, limit: int = 20, db: Session = Depends(session)):  # ok: the rows are in an object; mutate: s/return {"items": rows}/return rows/
    rows = db.query(Order).order_by(Order.id).offset(skip).limit(limit).all()
    return {"items": rows}


@app.get("/orders/newest", response_model=List[OrderOut])
def newest(limit: int = 20, db: Session = Depends(session)):  # ok: nobody asks for a second page; mutate: s/newest(limit/newest(offset: int = 0, limit/ s/db).limit(limit)/db).offset(offset).limit(limit)/
    return queries.by_age(db).limit(limit).all()


@app.post("/orders/search", response_model=List[OrderOut])
def search(skip: int = 0, limit: int = 20, db: Session = Depends(session)):  # ok: no GET; mutate: s/@app.post/@app.get/
    return db.query(Order).order_by(Order.id).offset(skip).limit(limit).all()


@app.get("/orders/behind")
def behind(page: str = "", after: int = 0, limit: int = 20, db: Session = Depends(session)) -> list[OrderOut]:  # ok: goes on behind the last row; mutate: s/after: int = 0, // s/behind(after)/behind(page)/
    return queries.behind(after).filter_by(page=page).limit(limit).all()


@app.get("/orders/object")
def objects(page: Page = Depends(Page), limit: int = 20, db: Session = Depends(session)) -> list[OrderOut]:  # finding: API-003 confidence: low
    return queries.page(db, page, limit)


@app.get("/orders/cheap")
def cheap(page: int = 1, limit: int = 20, db: Session = Depends(session)):  # finding: API-003 confidence: medium
    return db.query(Order).filter(Order.discount > 0, Order.account != 0).offset((page - 1) * limit).limit(limit).all()


@app.get("/homepage/orders")
def hard(page: int = 1, limit: int = 20, db: Session = Depends(session)):  # finding: API-003 confidence: medium
    return db.query(Order).order_by(Order.metal).offset((page - 1) * limit).limit(limit).all()


@app.get("/orders/told")
def told(page: int = 1, limit: int = 20, db: Session = Depends(session)):  # ok: the session is told the total; mutate: s/rowCount/discounts/
    db.info.rowCount = 3
    return db.query(Order).offset((page - 1) * limit).limit(limit).all()
