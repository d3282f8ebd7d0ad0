import asyncpg
from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from shop.models import Depot, Parcel

app = FastAPI()
engine = create_async_engine("postgresql+asyncpg://localhost/shop")
sessions = async_sessionmaker(engine)
pool = asyncpg.create_pool("postgresql://localhost/shop")


async def get_session():
    async with sessions() as session:
        yield session


async def depot_of(session: AsyncSession, code: str):
    return await session.scalar(select(Depot).where(Depot.code == code))


@app.get("/direct")
async def direct(number: str, code: str, session: AsyncSession = Depends(get_session)):
    parcel = await session.scalar(select(Parcel).where(Parcel.number == number))
    depot = await session.scalar(select(Depot).where(Depot.code == code))  # ok: one session does one thing at a time
    return parcel, depot


@app.get("/helper")
async def helper(number: str, code: str, session: AsyncSession = Depends(get_session)):
    parcel = await session.scalar(select(Parcel).where(Parcel.number == number))
    depot = await depot_of(session, code)  # ok: the same session, one function further down
    return parcel, depot


@app.get("/connection")
async def connection(number: str, code: str):
    async with pool.acquire() as held:
        parcel = await held.fetchrow("SELECT id FROM parcel WHERE number = $1", number)
        depot = await held.fetchrow("SELECT id FROM depot WHERE code = $1", code)  # ok: one connection; mutate: s/await held.fetchrow/await pool.fetchrow/
    return parcel, depot


@app.get("/pool")
async def pooled(number: str, code: str):
    parcel = await pool.fetchrow("SELECT id FROM parcel WHERE number = $1", number)
    depot = await pool.fetchrow("SELECT id FROM depot WHERE code = $1", code)  # finding: CONC-003
    return parcel, depot
