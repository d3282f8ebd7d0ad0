from fastapi import Depends, FastAPI
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from shop.models import Category, Order, Page

app = FastAPI()
sessions = sessionmaker()


def get_session():
    with sessions() as session:
        yield session


@app.get("/newest")
def newest(session: Session = Depends(get_session)):
    order = session.scalar(select(Order).order_by(Order.id.desc()))  # finding: DB-PERF-011 confidence: medium
    return {"id": order.id}


@app.get("/newest/{customer}")
def newest_of(customer: int, session: Session = Depends(get_session)):
    wanted = select(Order).where(Order.customer == customer)
    order = session.execute(wanted.order_by(Order.id.desc())).scalars().first()  # finding: DB-PERF-011 confidence: medium
    return {"id": order.id}


@app.get("/limited")
def limited(session: Session = Depends(get_session)):
    order = session.scalar(select(Order).order_by(Order.id.desc()).limit(1))  # ok: one row is asked for; mutate: s/.limit(1)//
    return {"id": order.id}


@app.get("/later")
def later(session: Session = Depends(get_session)):
    wanted = select(Order).order_by(Order.id.desc())
    wanted = wanted.limit(1)
    order = session.scalars(wanted).first()  # ok: the same, a line before; mutate: s/    wanted = wanted.limit(1)\n//
    return {"id": order.id}


@app.get("/one/{number}")
def one(number: int, session: Session = Depends(get_session)):
    order = session.scalar(select(Order).where(Order.number == number))  # ok: nothing says that there are several; mutate: s/.where(Order.number == number)/.order_by(Order.id)/
    return {"id": order.id}


@app.get("/older")
def older(session: Session = Depends(get_session)):
    order = session.query(Order).order_by(Order.id.desc()).first()  # ok: `first` of a query adds the limit
    return {"id": order.id}


@app.get("/count")
def count(session: Session = Depends(get_session)):
    return session.scalar(select(func.count(Order.id)).order_by(None))  # ok: one number; mutate: s/func.count(Order.id)/Order/


@app.get("/category")
def category(session: Session = Depends(get_session)):
    first = session.scalar(select(Category).order_by(Category.position))  # finding: DB-PERF-011 confidence: low -- few of them
    return {"id": first.id}


@app.get("/all")
def everything(session: Session = Depends(get_session)):
    pages = session.scalars(select(Page).order_by(Page.position)).all()  # ok: all of them are wanted, which is no concern of this one; mutate: s/.all()/.first()/
    return {"pages": len(pages)}
