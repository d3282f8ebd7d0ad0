from enum import IntEnum
from typing import Annotated, Optional

from fastapi import Depends, FastAPI, Query
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shop.models import Order
from shop.queries import bounded, newest, session

app = FastAPI()
MAX_PAGE = 100
SIZES = {1: 10, 2: 50}


class Size(IntEnum):
    small = 10
    large = 50


@app.get("/orders")
def orders(skip: int = 0, limit: int = 20, db: Session = Depends(session)):  # finding: API-002 confidence: medium
    return db.query(Order).offset(skip).limit(limit).all()


@app.get("/orders/queried")
# ok: the declaration bounds it; mutate: s/, le=100//
def queried(limit: int = Query(20, ge=1, le=100), db: Session = Depends(session)):
    return db.scalars(select(Order).limit(limit)).all()


@app.get("/orders/annotated")
# ok: the declaration bounds it; mutate: s/Query(ge=1, le=100)/Query(ge=1)/
def annotated(page_size: Annotated[int, Query(ge=1, le=100)] = 20, db: Session = Depends(session)):
    return db.scalars(select(Order).limit(page_size)).all()


@app.get("/orders/cut")
# ok: cut off at a hundred; mutate: s/min(limit, 100)/int(limit)/
def cut(limit: int = 20, db: Session = Depends(session)):
    size = min(limit, 100)
    return db.query(Order).limit(size).all()


@app.get("/orders/refused")
# ok: refused beyond the maximum; mutate: s/limit > MAX_PAGE/limit < 0/
def refused(limit: int = 20, db: Session = Depends(session)):
    if limit > MAX_PAGE:
        raise ValueError("too many")
    return db.query(Order).limit(limit).all()


@app.get("/orders/newest")
def through_helper(limit: Optional[int] = None, db: Session = Depends(session)):  # finding: API-002
    return newest(db, limit=limit)


@app.get("/orders/bounded")
# ok: the helper bounds it; mutate: shop/queries.py s/min(limit or 20, 100)/limit or 20/
def through_bounded(limit: int = 20, db: Session = Depends(session)):
    return bounded(db, limit)


@app.get("/orders/text")
def as_text(limit: int = 20, db: Session = Depends(session)):  # finding: API-002
    return db.execute(text(f"SELECT id, total FROM orders ORDER BY id LIMIT {limit}")).all()


@app.get("/orders/sizes")
def sizes(limit: Size = Size.small, db: Session = Depends(session)):  # ok: two sizes; mutate: s/limit: Size = Size.small/limit: int = 10/
    return db.query(Order).limit(limit).all()


@app.get("/orders/listed")
# ok: three sizes; mutate: s/limit not in (10, 20, 50)/limit in (None, 0)/
def listed(limit: int = 20, db: Session = Depends(session)):
    if limit not in (10, 20, 50):
        raise ValueError("no such size")
    return db.query(Order).limit(limit).all()


@app.get("/orders/least")
def least(limit: int = 20, db: Session = Depends(session)):  # finding: API-002
    if limit < 5:
        limit = 5
    return db.query(Order).limit(limit).all()


@app.get("/orders/at-least")
def at_least(limit: int = 20, db: Session = Depends(session)):  # finding: API-002
    limit = limit if limit > 5 else 5
    return db.query(Order).limit(limit).all()


@app.get("/orders/enough")
def enough(limit: int = 20, db: Session = Depends(session)):  # finding: API-002
    if 5 > limit:
        raise ValueError("too few")
    return db.query(Order).limit(limit).all()


@app.get("/orders/at-most")
# ok: a hundred at most; mutate: s/limit if limit <= 100 else 100/100 if limit <= 100 else limit/
def at_most(limit: int = 20, db: Session = Depends(session)):
    return db.query(Order).limit(limit if limit <= 100 else 100).all()


@app.get("/orders/between")
# ok: between five and a hundred; mutate: s/ or limit > 100//
def between(limit: int = 20, db: Session = Depends(session)):
    if limit < 5 or limit > 100:
        raise ValueError("no such size")
    return db.query(Order).limit(limit).all()


@app.get("/orders/chained")
# ok: between five and a hundred; mutate: s/not 5 <= limit <= 100/not limit/
def chained(limit: int = 20, db: Session = Depends(session)):
    if not 5 <= limit <= 100:
        raise ValueError("no such size")
    return db.query(Order).limit(limit).all()


@app.get("/orders/table")
# ok: taken from a table; mutate: s/SIZES.get(limit, 10)/int(limit)/
def table(limit: int = 20, db: Session = Depends(session)):
    size = SIZES.get(limit, 10)
    return db.query(Order).limit(size).all()


@app.get("/orders/optional")
def optional(limit: Annotated[Optional[int], Query()] = 20, db: Session = Depends(session)):  # finding: API-002
    return db.query(Order).limit(limit).all()


@app.get("/orders/told")
def told(limit: int = Query(20, description="such as le=100"), db: Session = Depends(session)):  # finding: API-002
    return db.query(Order).limit(limit).all()


@app.get("/orders/budget")
def budget(limit: int = 20, db: Session = Depends(session)):  # ok: no size of a page; mutate: s/filter(Order.total < limit)/limit(limit)/
    return db.query(Order).filter(Order.total < limit).first()
