from dataclasses import dataclass

from fastapi import Depends, FastAPI, Query
from fastapi_pagination import Page, paginate
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop import queries
from shop.models import Order, Role, SessionLocal, User

app = FastAPI()


@dataclass
class Window:
    size: int
    after: int


def window(size: int = Query(50, le=200), after: int = 0):
    return Window(size, after)


def database():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()


@app.get("/orders")
def orders(db: Session = Depends(database)):  # finding: API-001
    return db.query(Order).all()


@app.get("/open-orders")
def open_orders(db: Session = Depends(database)):  # finding: API-001
    rows = db.scalars(select(Order).where(Order.state == "open").order_by(Order.id)).all()
    return {"orders": [{"id": row.id} for row in rows]}


@app.get("/helped")
def helped(db: Session = Depends(database)):  # finding: API-001
    return queries.everybody(db)


@app.get("/owners/{owner}/orders")
def orders_of(owner: int, limit: int = 100, db: Session = Depends(database)):  # finding: API-001
    return db.scalars(select(Order).where(Order.owner == owner)).all()


@app.get("/owners/{owner}/ignored")
def passed_on(owner: int, limit: int = 100, db: Session = Depends(database)):  # finding: API-001
    return queries.ignoring(db, owner, limit)


@app.get("/asked")
def asked(owner: int, limit: int | None = None, db: Session = Depends(database)):  # finding: API-001
    query = select(Order).where(Order.owner == owner)
    if limit:
        query = query.limit(limit)
    return db.scalars(query).all()


@app.get("/owners/{owner}/all")
def all_of(owner: int, db: Session = Depends(database)):  # finding: API-001 confidence: low
    return db.scalars(select(Order).where(Order.owner == owner)).all()


@app.get("/recent")
def recent(db: Session = Depends(database)):  # ok: bounded; mutate: s/.limit(50)//
    return db.query(Order).limit(50).all()


@app.get("/window")
def windowed(page: Window = Depends(window), db: Session = Depends(database)):  # ok: through a dependency; mutate: s/.limit(page.size)//
    query = select(Order).where(Order.id > page.after)
    query = query.order_by(Order.id).limit(page.size)
    return db.scalars(query).all()


@app.get("/helped-page")
def helped_page(size: int = 20, db: Session = Depends(database)):  # ok: bounded one call away; mutate: s/queries.page(db, size)/queries.everybody(db)/
    return queries.page(db, size)


@app.get("/pages", response_model=Page[int])
def pages(db: Session = Depends(database)):  # ok: the library's pages; mutate: s/return paginate(/return list(/
    return paginate(db.query(Order).all())


@app.get("/cut")
def cut(start: int, db: Session = Depends(database)):  # ok: a slice; mutate: s/[start : start + 20]//
    return db.query(Order).order_by(Order.id)[start : start + 20]


@app.get("/roles")
def shown(db: Session = Depends(database)):  # ok: few by nature; mutate: s/db.query(Role)/db.query(User)/
    return db.query(Role).all()


@app.get("/count")
def count(db: Session = Depends(database)):  # ok: one number; mutate: s/len(rows)/rows/
    rows = db.query(Order).all()
    return len(rows)


@app.get("/newest")
def newest(db: Session = Depends(database)):  # ok: one row; mutate: s/.first()/.all()/
    return db.query(Order).order_by(Order.id.desc()).first()


@app.get("/named/{first}")
def named(first: int, db: Session = Depends(database)):  # ok: only looked up; mutate: s/names.get(first)/names/
    names = {user.id: user.name for user in db.query(User).all()}
    return names.get(first)


@app.post("/close")
def close(db: Session = Depends(database)):  # ok: no list; mutate: s/app.post("\/close")/app.get("\/closed")/
    return db.query(Order).all()


@app.get("/names")
def names(db: Session = Depends(database)):  # finding: API-001 confidence: medium
    return [row[0] for row in db.query(User.name).all()]


@app.get("/named-rows")
def named_rows(db: Session = Depends(database)):  # finding: API-001 confidence: medium
    rows = db.execute(select(User.id, User.name)).fetchall()
    return {"users": [{"id": row[0], "name": row[1]} for row in rows]}


@app.get("/appended")
def appended(db: Session = Depends(database)):  # finding: API-001 confidence: medium
    found = []
    for row in db.execute(select(User.id, User.name)).all():
        found.append({"id": row[0], "name": row[1]})
    return found


@app.get("/by-id")
def by_id(db: Session = Depends(database)):  # finding: API-001 confidence: medium
    found = {}
    for row in db.execute(select(User.id, User.name)).all():
        found[row[0]] = row[1]
    return found


@app.get("/iterated")
def iterated(db: Session = Depends(database)):  # finding: API-001 confidence: medium
    return [dict(row) for row in db.execute(select(User))]


@app.get("/iterated-query")
def iterated_query(db: Session = Depends(database)):  # finding: API-001 confidence: medium
    return [user.name for user in db.query(User)]


@app.get("/iterated-page")
def iterated_page(db: Session = Depends(database)):  # ok: bounded; mutate: s/for user in db.query(User).limit(20)/for user in db.query(User)/
    return [user.name for user in db.query(User).limit(20)]


@app.get("/iterated-statement")
def iterated_statement(db: Session = Depends(database)):  # ok: bounded; mutate: s/db.execute(select(User.name).limit(20))/db.execute(select(User.name))/
    return [row[0] for row in db.execute(select(User.name).limit(20))]


@app.get("/highest")
def highest(db: Session = Depends(database)):  # ok: one number; mutate: s/max(row[0]/list(row[0]/
    return max(row[0] for row in db.query(Order.id).all())


@app.get("/owner-names")
def owner_names(owner: str, db: Session = Depends(database)):  # ok: some of the rows; mutate: s/ if row[1] == owner]/]/
    return [row[0] for row in db.query(Order.id, Order.owner).all() if row[1] == owner]


@app.get("/owner-loop")
def owner_loop(owner: str, db: Session = Depends(database)):  # ok: some of the rows; mutate: s/if row[1] == owner:/with owner:/
    found = []
    for row in db.query(Order.id, Order.owner).all():
        if row[1] == owner:
            found.append(row[0])
    return found


@app.get("/name-of/{number}")
def name_of(number: int, db: Session = Depends(database)):  # ok: only looked up; mutate: s/known.get(number)/known/
    known = {row[0]: row[1] for row in db.query(User.id, User.name).all()}
    return known.get(number)


@app.get("/owners")
def owners(db: Session = Depends(database)):  # finding: API-001 confidence: low
    # As many as there are owners.
    return [row[0] for row in db.query(Order.owner).distinct().all()]


@app.get("/known-names")
def known_names(db: Session = Depends(database)):  # finding: API-001 confidence: medium
    rows = db.query(User.name).all()
    return list({row[0] for row in rows if row[0] is not None})


@app.get("/present")
def present(db: Session = Depends(database)):  # finding: API-001 confidence: medium
    return [user.name for user in db.query(User).all() if user]


@app.get("/with-name")
def with_name(db: Session = Depends(database)):  # ok: some of the rows; mutate: s/ if user.is_open]/]/
    return [user.name for user in db.query(User).all() if user.is_open]
