from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from shop import texts
from shop.models import Order
from shop.texts import EVERY
from targets import TARGETS

app = FastAPI()
engine = create_engine("postgresql://")

NEWEST = text("SELECT id, total FROM orders ORDER BY id DESC LIMIT 20")


@app.get("/orders")
def orders(db: Session = Depends(Session)):  # finding: API-001 confidence: medium
    return db.execute(text("SELECT id FROM orders")).all()


@app.get("/open")
def open_orders(db: Session = Depends(Session)):  # finding: API-001 confidence: medium
    rows = db.execute(text("SELECT id FROM orders WHERE state = 'open'"))
    return rows.mappings().all()


@app.get("/open-later")
async def open_later(db: AsyncSession):  # finding: API-001 confidence: medium
    result = await db.execute(text("SELECT id FROM orders WHERE state <> 'closed'"))
    return result.scalars().all()


@app.get("/raw")
def raw():  # finding: API-001 confidence: medium
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT id FROM orders").fetchall()


@app.get("/ways")
def ways(short: bool, db: Session = Depends(Session)):  # finding: API-001 confidence: medium
    statement = text("SELECT id FROM orders LIMIT 10")
    if not short:
        statement = text("SELECT id FROM orders")
    return db.execute(statement).all()


@app.get("/owners/{owner}")
def of_owner(owner: int, db: Session = Depends(Session)):  # finding: API-001 confidence: low
    return db.execute(text("SELECT id FROM orders WHERE owner = :owner"), {"owner": owner}).all()


@app.get("/bound-owners/{owner}")
def of_bound_owner(owner: int, db: Session = Depends(Session)):  # finding: API-001 confidence: low
    return db.execute(text("SELECT id FROM orders WHERE owner = :owner").bindparams(owner=owner)).all()


@app.get("/by-state")
def by_state(db: Session = Depends(Session)):  # finding: API-001 confidence: low
    return db.execute(text("SELECT state, count(*) FROM orders GROUP BY state")).all()


@app.get("/grouped-within")
def grouped_within(db: Session = Depends(Session)):  # finding: API-001 confidence: medium
    return db.execute(text("SELECT id FROM orders WHERE owner IN (SELECT owner FROM orders GROUP BY owner)")).all()


@app.get("/alternatives")
def alternatives(db: Session = Depends(Session)):  # finding: API-001 confidence: medium
    return db.execute(text("SELECT id FROM orders WHERE id = 5 OR state = 'open'")).all()


@app.get("/built")
def built(db: Session = Depends(Session)):  # finding: API-001 confidence: medium
    return db.execute(select(Order).where(text("state = 'open'"))).scalars().all()


@app.get("/limited")
def limited(db: Session = Depends(Session)):  # ok: the statement has a limit; mutate: s/ LIMIT 30//
    return db.execute(text("SELECT id FROM orders LIMIT 30")).all()


@app.get("/newest")
def newest(db: Session = Depends(Session)):  # ok: so has one in a constant; mutate: s/(NEWEST)/(text("SELECT id FROM orders"))/
    return db.execute(NEWEST).all()


@app.get("/fetched")
def fetched(db: Session = Depends(Session)):  # ok: the limit of the standard; mutate: s/ FETCH FIRST 10 ROWS ONLY//
    result = db.execute(text("SELECT id FROM orders ORDER BY id FETCH FIRST 10 ROWS ONLY"))
    return result.scalars().all()


@app.get("/counted")
def counted(db: Session = Depends(Session)):  # ok: one row of aggregates; mutate: s/count(id)/id/
    return db.execute(text("SELECT count(id) FROM orders")).all()


@app.get("/alive")
def alive(db: Session = Depends(Session)):  # ok: no table is read; mutate: s/SELECT 1/SELECT id FROM orders/
    return db.execute(text("SELECT 1")).all()


@app.get("/fifth")
def fifth(db: Session = Depends(Session)):  # ok: one row; mutate: s/id = 7/state = 7/
    return db.execute(text("SELECT id FROM orders WHERE id = 7")).all()


@app.get("/orders/{number}")
def order(number: int, db: Session = Depends(Session)):  # ok: one row; mutate: s/id = :number/owner = :number/
    return db.execute(text("SELECT id FROM orders WHERE id = :number"), {"number": number}).all()


@app.get("/kept")
def kept(db: Session = Depends(Session)):  # ok: a limit of the text behind the model; mutate: s/ LIMIT 40//
    return db.query(Order).from_statement(text("SELECT * FROM orders LIMIT 40")).all()


@app.get("/models")
def models(db: Session = Depends(Session)):  # ok: the same for what `select` maps; mutate: s/ LIMIT 50//
    return db.scalars(select(Order).from_statement(text("SELECT * FROM orders LIMIT 50"))).all()


@app.get("/page")
async def page(size: int, db: AsyncSession):  # ok: a size that goes with it; mutate: s/ LIMIT :size//
    return (await db.execute(text("SELECT id FROM orders LIMIT :size"), {"size": min(size, 100)})).all()


@app.get("/constants")
def constants(db: Session = Depends(Session)):  # finding: API-001 confidence: medium
    return db.execute(EVERY).all()


@app.get("/constant-page")
def constant_page(db: Session = Depends(Session)):  # ok: a constant of another file; mutate: shop/texts.py s/ LIMIT 60//
    return db.execute(texts.PAGE).all()


@app.get("/distinct")
def distinct(db: Session = Depends(Session)):  # finding: API-001 confidence: low
    # As many as there are owners.
    return db.execute(text("SELECT DISTINCT owner FROM orders")).all()


@app.get("/distinct-rows")
def distinct_rows(db: Session = Depends(Session)):  # finding: API-001 confidence: medium
    return db.execute(text("SELECT DISTINCT id, owner FROM orders")).all()


@app.api_route("/targets", methods=TARGETS)
def targets(db: Session = Depends(Session)):  # ok: whether it answers GET cannot be seen; mutate: s/methods=TARGETS/methods=["GET"]/
    return db.execute(text("SELECT id FROM orders")).all()
