from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from shop.db import session
from shop.models import Depot, Order
from shop.schemas import OrderOut

app = FastAPI()


@app.get("/orders")
def orders(db: Session = Depends(session)):
    return db.query(Order).order_by(Order.id).limit(50).all()  # finding: API-005 confidence: low


@app.get("/orders/kept")
def kept(db: Session = Depends(session)):
    rows = db.query(Order).order_by(Order.id).limit(50).all()  # finding: API-005 confidence: low
    return rows


@app.get("/orders/shaped", response_model=list[OrderOut])
def shaped(db: Session = Depends(session)):
    return db.query(Order).order_by(Order.id).limit(50).all()  # ok: the model shapes it; mutate: s/, response_model=list[OrderOut]//


@app.get("/orders/chosen")
def chosen(fields: str = "", db: Session = Depends(session)):
    rows = db.query(Order).order_by(Order.id).limit(50).all()  # ok: the caller may choose; mutate: s/fields: str/word: str/ s/filtered(rows, fields)/rows/
    return filtered(rows, fields)


@app.get("/orders/made")
def made(db: Session = Depends(session)):
    rows = db.query(Order).order_by(Order.id).limit(50).all()  # ok: something else leaves; mutate: s/return [row.c1 for row in rows]/return rows/
    return [row.c1 for row in rows]


@app.get("/depots")
def depots(db: Session = Depends(session)):
    return db.query(Depot).limit(50).all()  # ok: two columns; mutate: s/query(Depot)/query(Order)/
