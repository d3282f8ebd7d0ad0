from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order, session

app = FastAPI()


@app.get("/orders/open")
def open_orders(db: Session = Depends(session)):
    return len(db.query(Order).filter(Order.state == "open").all())  # finding: DB-AGG-001


@app.get("/orders/closed")
def closed_orders(db: Session = Depends(session)):
    orders = db.scalars(select(Order).where(Order.state == "closed")).all()  # finding: DB-AGG-001
    return {"count": len(orders)}


@app.get("/orders/locked")
def locked(db: Session = Depends(session)):
    return len(db.query(Order).filter(Order.state == "open").with_for_update().all())  # ok: locks the rows; mutate: s/.with_for_update()//


@app.get("/orders/locking")
def locking(db: Session = Depends(session)):
    statement = select(Order).where(Order.state == "open")
    statement = statement.with_for_update()
    orders = db.scalars(statement).all()  # ok: locks the rows; mutate: s/    statement = statement.with_for_update()//
    return {"count": len(orders)}


@app.get("/orders/both")
def both(db: Session = Depends(session)):
    orders = db.scalars(select(Order)).all()  # ok: the rows are given as well; mutate: s/"orders": orders/"all": True/
    return {"count": len(orders), "orders": orders}


@app.get("/orders/turnover")
def turnover(db: Session = Depends(session)):
    return sum(order.total for order in db.query(Order).all())  # finding: DB-AGG-001


@app.get("/orders/taxes")
def taxes(db: Session = Depends(session)):
    return sum(tax(order) for order in db.query(Order).all())  # ok: no column; mutate: s/tax(order) for/order.total for/


@app.get("/orders/more")
def more(db: Session = Depends(session)):
    return len(db.query(Order).limit(11).all()) > 10  # ok: eleven rows; mutate: s/.limit(11)//


@app.get("/orders/few")
def few(db: Session = Depends(session)):
    return db.query(Order).filter(Order.state == "open").count()  # ok: the database counts


@app.get("/orders/known")
def known(ids: list[int], db: Session = Depends(session)):
    found = db.query(Order).filter(Order.id.in_(ids)).all()  # ok: as many as were named; mutate: s/Order.id.in_(ids)/Order.id > 7/
    return len(found) == len(set(ids))


def tax(order):
    return order.total * 0.19
