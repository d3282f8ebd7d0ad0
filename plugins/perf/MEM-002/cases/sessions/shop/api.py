from contextlib import closing

from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from shop.database import AsyncSessionLocal, SessionLocal, engine, registry
from shop.models import Order

app = FastAPI()


@app.get("/orders")
def orders():
    db = SessionLocal()  # finding: MEM-002 confidence: high
    return db.query(Order).limit(10).all()


@app.get("/made")
def made():
    session = Session(engine)  # finding: MEM-002 confidence: high
    return session.scalars(select(Order).limit(10)).all()


@app.get("/waiting")
async def waiting():
    session = AsyncSession(engine)  # finding: MEM-002 confidence: high
    result = await session.execute(select(Order).limit(10))
    return result.scalars().all()


@app.get("/made-waiting")
async def made_waiting():
    session = AsyncSessionLocal()  # finding: MEM-002 confidence: high
    result = await session.execute(select(Order).limit(10))
    return result.scalars().all()


@app.get("/spot")
def spot():
    return SessionLocal().query(Order).limit(10).all()  # finding: MEM-002 confidence: medium


@app.post("/reread")
def reread():
    db = SessionLocal()  # finding: MEM-002 confidence: high
    order = Order()
    db.add(order)
    db.commit()
    db.refresh(order)
    return order


@app.get("/scoped")
def in_block():
    with SessionLocal() as db:  # ok: closed by the block
        return db.query(Order).limit(10).all()


@app.get("/scoped-waiting")
async def in_waiting_block():
    async with AsyncSession(engine) as session:  # ok: closed by the block
        return (await session.execute(select(Order).limit(10))).scalars().all()


@app.get("/finally")
def at_last():
    db = SessionLocal()  # ok: closed at last; mutate: s/        db.close()  # at last/        pass/
    try:
        return db.query(Order).limit(10).all()
    finally:
        db.close()  # at last


@app.get("/finally-waiting")
async def at_last_waiting():
    session = AsyncSessionLocal()  # ok: closed at last; mutate: s/        await session.close()/        pass/
    try:
        return (await session.execute(select(Order).limit(10))).scalars().all()
    finally:
        await session.close()


@app.get("/closing")
def taken():
    db = SessionLocal()  # ok: `closing` closes it; mutate: s/with closing(db):/if db:/
    with closing(db):
        return db.query(Order).limit(10).all()


@app.get("/closing-spot")
def taken_on_the_spot():
    with closing(SessionLocal()) as db:  # ok: so does it here
        return db.query(Order).limit(10).all()


def database():
    db = SessionLocal()  # ok: a dependency that closes; mutate: s/        yield db\n    finally:\n        db.close()/        print(db)\n    finally:\n        pass/
    try:
        yield db
    finally:
        db.close()


@app.get("/dependency")
def depends(db: Session = Depends(database)):
    return db.query(Order).limit(10).all()


@app.get("/registry")
def registered():
    db = registry()  # ok: the session of the thread; mutate: s/= registry()/= SessionLocal()/
    return db.query(Order).limit(10).all()


def given():
    db = SessionLocal()  # ok: the caller closes it; mutate: s/return db  # handed on/return db.query(Order).all()/
    db.autoflush = False
    return db  # handed on


def pending():
    db = SessionLocal()  # ok: the query was not run yet; mutate: s/Order.owner == 7)/Order.owner == 7).all()/
    return db.query(Order).filter(Order.owner == 7)


@app.post("/orders")
def create():
    db = SessionLocal()  # ok: the connection goes back with the commit; mutate: s/    db.commit()  # last/    db.flush()/
    db.add(Order())
    db.commit()  # last


@app.post("/orders/many")
def create_many():
    db = SessionLocal()  # ok: and with the end of the transaction's block; mutate: s/    with db.begin():/    if db.is_active:/
    with db.begin():
        db.add(Order())


@app.get("/borrowed")
def borrowed():
    with engine.connect() as connection:
        db = Session(bind=connection)  # ok: the connection is closed by its block; mutate: s/bind=connection/bind=engine/
        return db.query(Order).limit(10).all()


@app.post("/orders/undone")
def create_or_undo():
    db = SessionLocal()  # ok: it goes back either way; mutate: s/        db.commit()  # or undone/        db.flush()/
    try:
        db.add(Order())
        db.commit()  # or undone
    except ValueError:
        db.rollback()
        raise


@app.post("/orders/shown")
def create_and_show():
    db = SessionLocal()  # finding: MEM-002 confidence: high
    try:
        db.add(Order())
        db.commit()
        return db.query(Order).limit(10).all()
    except ValueError:
        db.rollback()
        raise


class Orders:
    def __init__(self):
        self.db = SessionLocal()  # ok: the object keeps it
