import aiosqlite
from arango import ArangoClient
from fastapi import FastAPI
from odmantic import AIOEngine, SyncEngine
from peewee import Model
from pony import orm
from tortoise.models import Model as Row

app = FastAPI()
shop = orm.Database()
documents = ArangoClient().db("shop").collection("orders")
waiting = SyncEngine(client=None)
engine = AIOEngine(client=None)


class Order(Model):
    pass


class Item(Row):
    pass


class Person(shop.Entity):
    pass


@app.get("/peewee/{number}")
async def peewee(number: int):
    return Order.get_or_create(id=number)  # finding: CONC-001


@app.get("/pony/{number}")
async def pony(number: int):
    with orm.db_session:
        return Person.get(id=number)  # finding: CONC-001


@app.get("/arango/{number}")
async def arango(number: str):
    return documents.get(number)  # finding: CONC-001


@app.get("/documents/{number}")
async def found(number: str):
    return await engine.find_one(Order, number)  # ok: waits without holding up the loop; mutate: s/await engine.find_one/waiting.find_one/


@app.get("/items/{number}")
async def items(number: int):
    async with aiosqlite.connect("shop.db") as connection:
        await connection.execute("SELECT title FROM orders WHERE id = ?", (number,))  # ok: in a thread of its own
    return await Item.filter(order=number).first()  # ok: waits without holding up the loop
