from fastapi import Depends, FastAPI, Request
from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from shop.db import session
from shop.models import Depot, Order, Parcel, Sale
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


@app.get("/orders/new")
def new(db: Session = Depends(session)):
    return db.scalars(select(Order).order_by(Order.id).limit(50)).all()  # finding: API-005 confidence: low


@app.get("/orders/query")
def query(db: Session = Depends(session)):
    statement = select(Order).limit(50)
    rows = db.scalars(statement).all()  # finding: API-005 confidence: low
    return rows


@app.get("/orders/asked")
def asked(request: Request, db: Session = Depends(session)):
    wanted = request.query_params.get("fields")
    rows = db.scalars(select(Order).limit(50)).all()  # ok: the caller may choose; mutate: s/"fields"/"page"/ s/filtered(rows, wanted)/rows/
    return filtered(rows, wanted)


@app.get("/orders/columns")
def columns(db: Session = Depends(session)):
    return db.execute(select(Order.id, Order.c1).limit(50)).all()  # ok: two columns; mutate: s/db.execute(select(Order.id, Order.c1)/db.scalars(select(Order)/


@app.get("/orders/loaded")
def loaded(db: Session = Depends(session)):
    return db.scalars(select(Order).options(load_only(Order.id)).limit(50)).all()  # ok: loads one column; mutate: s/.options(load_only(Order.id))//


@app.get("/depots/new")
def new_depots(db: Session = Depends(session)):
    return db.scalars(select(Depot).limit(50)).all()  # ok: two columns; mutate: s/select(Depot)/select(Order)/


@app.get("/depots")
def depots(db: Session = Depends(session)):
    return db.query(Depot).limit(50).all()  # ok: two columns; mutate: s/query(Depot)/query(Order)/


@app.get("/sales")
def sales(db: Session = Depends(session)):
    return db.scalars(select(Sale).limit(50)).all()  # finding: API-005 confidence: low


@app.get("/parcels")
def parcels(db: Session = Depends(session)):
    return db.scalars(select(Parcel).limit(50)).all()  # ok: nineteen columns; mutate: s/select(Parcel)/select(Order)/
