from fastapi import Depends, FastAPI
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from shop import queries
from shop.models import Order, SessionLocal, User

app = FastAPI()


def database():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()


@app.get("/counted")
def counted(db: Session = Depends(database)):  # finding: API-001
    query = db.query(Order)
    total = query.count()
    rows = query.all()
    return {"total": total, "rows": rows}


@app.get("/begun")
def begun(db: Session = Depends(database)):  # finding: API-001
    query = db.query(Order).order_by(Order.id)
    newest = query.first()
    return {"newest": newest, "rows": query.all()}


@app.get("/helped")
def helped(db: Session = Depends(database)):  # finding: API-001
    query = queries.all_orders(db)
    total = query.count()
    return {"total": total, "rows": query}


@app.get("/helped-count")
def helped_count(db: Session = Depends(database)):  # ok: nothing but their number; mutate: s/"total": query.count(), "of"/"total": query, "of"/
    query = queries.all_orders(db)
    return {"total": query.count(), "of": "orders"}


@app.get("/cut")
def cut(db: Session = Depends(database)):  # ok: bounded anew; mutate: s/    query = query.limit(50)\n//
    query = db.query(Order)
    total = query.count()
    query = query.limit(50)
    return {"total": total, "rows": query.all()}


@app.get("/with-orders")
def with_orders(db: Session = Depends(database)):  # finding: API-001 confidence: low
    return db.query(User).filter(exists().where(Order.owner == User.id)).all()


@app.get("/newest-owners")
def newest_owners(db: Session = Depends(database)):  # ok: as many as the orders within; mutate: s/.limit(10)//
    newest = select(Order.owner).order_by(Order.id.desc()).limit(10)
    return db.query(User).filter(User.id.in_(newest)).all()
