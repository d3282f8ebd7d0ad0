import os

import asyncpg
import psycopg2
import pymysql
from fastapi import Depends, FastAPI
from psycopg_pool import ConnectionPool

from shop.users import Users

app = FastAPI()
DSN = os.environ["DATABASE_URL"]
pool = ConnectionPool(DSN)  # ok: made with the module


def connection():
    # Each request asks for one.
    connection = psycopg2.connect(DSN)  # finding: DB-PERF-021 confidence: high
    try:
        yield connection
    finally:
        connection.close()


@app.get("/orders/{number}")
def order(number: int, db=Depends(connection)):
    return db.cursor().execute("SELECT total FROM orders WHERE id = %s", (number,))


@app.get("/prices/{number}")
async def price(number: int):
    db = await asyncpg.connect(DSN)  # finding: DB-PERF-021 confidence: high
    return await db.fetchrow("SELECT price FROM prices WHERE id = $1", number)


@app.get("/stock/{number}")
def stock(number: int):
    with pool.connection() as db:  # ok: taken from the pool
        return db.execute("SELECT amount FROM stock WHERE id = %s", (number,)).fetchone()


@app.get("/users/{name}")
def user(name: str):
    return Users().find(name)


@app.post("/checks")
def check(address: str, name: str):
    # The database is the caller's.
    pymysql.connect(host=address, user=name).ping()  # finding: DB-PERF-021 confidence: low
