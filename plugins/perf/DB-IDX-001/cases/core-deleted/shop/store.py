import sqlalchemy
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import create_async_engine

from shop.tables import depots, parcels, routes, stops

app = FastAPI()
engine = create_async_engine("postgresql+asyncpg://localhost/shop")


@app.delete("/parcels/{number}")
async def drop(number: int):
    async with engine.begin() as connection:
        await connection.execute(sqlalchemy.text("DELETE FROM parcels WHERE id = :number"), {"number": number})


@app.delete("/depots/{number}")
async def close(number: int):
    async with engine.begin() as connection:
        await connection.execute(depots.delete().where(depots.c.id == number))
        "no route"


@app.delete("/drivers/{number}")
async def leave(number: int):
    async with engine.begin() as connection:
        await connection.execute(sqlalchemy.text("DELETE FROM drivers WHERE id = :number"), {"number": number})
        await connection.execute(sqlalchemy.text("DELETE FROM organisations WHERE id = :number"), {"number": number})
