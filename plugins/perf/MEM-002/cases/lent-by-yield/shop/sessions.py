import contextlib

import httpx
from fastapi import Depends, FastAPI
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import sessionmaker

Session = sessionmaker(create_engine("postgresql://db/shop"))


def make_engine():
    return create_async_engine("postgresql+asyncpg://db/shop")


@contextlib.asynccontextmanager
async def for_a_task():
    engine = make_engine()
    async with AsyncSession(engine) as session:
        yield session
    await engine.dispose()  # finding: MEM-002 confidence: medium


@contextlib.asynccontextmanager
async def for_a_report():
    engine = make_engine()
    try:
        yield engine
    finally:
        await engine.dispose()  # ok: runs whatever the block does


@contextlib.contextmanager
def asking():
    client = httpx.Client()
    yield client
    client.close()  # finding: MEM-002 confidence: medium


@contextlib.contextmanager
def asking_in_a_block():
    client = httpx.Client()
    with client:
        yield client
    client.close()  # ok: its own block closes it


@contextlib.contextmanager
def forgiving():
    client = httpx.Client()
    try:
        yield client
    except httpx.HTTPError:
        pass
    client.close()  # ok: what fails is caught before


@contextlib.asynccontextmanager
async def lifespan(app):
    engine = make_engine()
    yield
    await engine.dispose()  # ok: the process ends with it


app = FastAPI(lifespan=lifespan)


def session():
    db = Session()
    yield db
    db.close()  # finding: MEM-002 confidence: medium


def safe_session():
    db = Session()
    try:
        yield db
    finally:
        db.close()  # ok: the same


@app.get("/orders")
def orders(db=Depends(session), other=Depends(safe_session)):
    return db.execute("SELECT id FROM orders LIMIT 10").all()
