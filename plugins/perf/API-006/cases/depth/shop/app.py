from fastapi import Depends, FastAPI, HTTPException, Query
from sqlalchemy.orm import Session

from shop.db import session
from shop.models import Order

app = FastAPI()


@app.get("/orders/sized")
def sized(page: int = 1, limit: int = Query(20, ge=1, le=100), db: Session = Depends(session)):
    return db.query(Order).order_by(Order.id).offset((page - 1) * limit).limit(limit).all()  # finding: API-006 confidence: medium


@app.get("/orders/cut")
def cut(page: int = 1, rows: int = 20, db: Session = Depends(session)):
    rows = min(rows, 100)
    return db.query(Order).order_by(Order.id).offset((page - 1) * rows).limit(rows).all()  # finding: API-006 confidence: medium


@app.get("/orders/refused")
def refused(page: int = 1, db: Session = Depends(session)):
    if page > 100:
        raise HTTPException(400)
    return db.query(Order).order_by(Order.id).offset((page - 1) * 20).limit(20).all()  # ok: refuses deep pages; mutate: s/page > 100/page < 1/


@app.get("/orders/within")
def within(page: int = 1, db: Session = Depends(session)):
    if not 1 <= page <= 100:
        raise HTTPException(400)
    skip = (page - 1) * 20
    return db.query(Order).order_by(Order.id).offset(skip).limit(20).all()  # ok: refuses deep pages; mutate: s/1 <= page <= 100/page/


@app.get("/orders/noted")
def noted(page: int = 1, db: Session = Depends(session)):
    if page > 10:
        print("a deep page")
    return db.query(Order).order_by(Order.id).offset((page - 1) * 20).limit(20).all()  # finding: API-006 confidence: medium
