import aiomysql
import aiosqlite
import dataset
import edgedb
import ormar
from fastapi import FastAPI
from flask_sqlalchemy import SQLAlchemy
from peewee import Model, PostgresqlDatabase
from piccolo.table import Table
from pony import orm
from psycopg_pool import AsyncConnectionPool
from tortoise.models import Model as Row

app = FastAPI()
db = SQLAlchemy()
shop = orm.Database()
client = edgedb.create_async_client()


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Order(Model):
    class Meta:
        database = PostgresqlDatabase("shop")


class Item(Row):
    pass


class Band(Table):
    pass


class Person(shop.Entity):
    pass


class Place(ormar.Model):
    pass


@app.get("/mysql")
async def mysql(ids: list[int]):
    pool = await aiomysql.create_pool()
    async with pool.acquire() as connection:
        async with connection.cursor(aiomysql.DictCursor) as cursor:
            for one in ids:
                await cursor.execute("SELECT title FROM orders WHERE id = %s", (one,))  # finding: DB-PERF-001


@app.get("/sqlite")
async def sqlite(ids: list[int]):
    async with aiosqlite.connect("shop.db") as connection:
        for one in ids:
            async with connection.execute("SELECT title FROM orders WHERE id = ?", (one,)) as cursor:  # finding: DB-PERF-001
                print(cursor)


@app.get("/postgres")
async def postgres(ids: list[int]):
    async with AsyncConnectionPool("shop") as pool, pool.connection() as connection:
        for one in ids:
            await connection.execute("SELECT title FROM orders WHERE id = %s", (one,))  # finding: DB-PERF-001


@app.get("/tortoise")
async def tortoise(ids: list[int]):
    for one in ids:
        await Item.filter(order=one).first()  # finding: DB-PERF-001
    for one in ids:
        await Item.filter(order=one)  # finding: DB-PERF-001
    queries = []
    for one in ids:
        query = Item.filter(order=one)  # ok: nothing is asked before it is awaited; mutate: s/= Item/= await Item/
        queries.append(str(one))
    return queries


@app.get("/piccolo")
async def piccolo(ids: list[int]):
    for one in ids:
        await Band.select().where(Band.id == one).first()  # finding: DB-PERF-001
    for one in ids:
        query = Band.select().where(Band.id == one)  # ok: nothing is asked before it is awaited; mutate: s/= Band/= await Band/
        print(one)


@app.get("/peewee")
def peewee(ids: list[int]):
    return [Order.get_or_create(id=one) for one in ids]  # finding: DB-PERF-001


@app.get("/pony")
@orm.db_session
def pony(ids: list[int]):
    found = [Person.get(id=one) for one in ids]  # finding: DB-PERF-001
    counts = [orm.select(p for p in Person if p.id == one).count() for one in ids]  # finding: DB-PERF-001
    return found, counts


@app.get("/ormar")
async def ormar_places(ids: list[int]):
    for one in ids:
        await Place.objects.filter(id=one).get_or_none()  # finding: DB-PERF-001


@app.get("/flask")
def flask(ids: list[int]):
    return [db.get_or_404(User, one) for one in ids]  # finding: DB-PERF-001


@app.get("/edgedb")
async def edge(ids: list[int]):
    for one in ids:
        await client.query_single("select Order filter .number = <int64>$0", one)  # finding: DB-PERF-001


@app.get("/dataset")
def tables():
    shop = dataset.connect("postgresql://shop")
    for name in shop.tables:
        print(shop[name].all())  # ok: no statement gives several tables; mutate: s/.all()/.find_one(name=name)/
