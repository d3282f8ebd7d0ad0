from databases import Database
from fastapi import FastAPI
from sqlalchemy import Column, Integer, MetaData, String, Table

app = FastAPI()
database = Database("postgresql://db/shop")
metadata = MetaData()
lines = Table("lines", metadata, Column("id", Integer), Column("name", String))


async def remove(order: int):
    await database.fetch_one(query="DELETE FROM orders WHERE id = :id", values={"id": order})


async def read(order: int):
    return await database.fetch_one(query="SELECT total FROM orders WHERE id = :id", values={"id": order})


@app.post("/lines")
async def add(names: list[str]):
    for name in names:
        await database.execute(query=lines.insert(), values={"name": name})  # finding: DB-BATCH-001


@app.post("/orders/clear")
async def clear(orders: list[int]):
    for order in orders:
        await remove(order)  # finding: DB-BATCH-001


@app.post("/orders/totals")
async def totals(orders: list[int]):
    return [await read(order) for order in orders]  # ok: reads, which are another rule's; mutate: s/await read(order)/await remove(order)/


@app.post("/lines/all")
async def add_all(names: list[str]):
    await database.execute_many(query=lines.insert(), values=[{"name": name} for name in names])  # ok: all at once
