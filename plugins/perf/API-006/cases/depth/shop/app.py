import psycopg
from fastapi import Depends, FastAPI, HTTPException, Query
from sqlalchemy.orm import Session

from shop.db import session
from shop.models import Order

app = FastAPI()
connection = psycopg.connect("host=db dbname=shop")


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


@app.get("/orders/opened")
def opened(page: int = 1):
    cursor = connection.cursor()
    cursor.execute("SELECT id, total FROM orders ORDER BY id LIMIT 20 OFFSET %s", ((page - 1) * 20,))  # finding: API-006 confidence: medium
    return cursor.fetchall()


@app.get("/orders/framed")
def framed(page: int = 1):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, total FROM orders ORDER BY id LIMIT 20 OFFSET %s", ((page - 1) * 20,))  # finding: API-006 confidence: medium
        return cursor.fetchall()


@app.get("/orders/continued")
def continued(page: int = 1, cursor: str | None = None, db: Session = Depends(session)):
    query = db.query(Order).order_by(Order.id)
    if cursor:
        return query.filter(Order.id > cursor).limit(20).all()
    return query.offset((page - 1) * 20).limit(20).all()  # ok: offers a way by the key; mutate: s/cursor: str/least: str/ s/if cursor/if least/ s/> cursor/> least/
