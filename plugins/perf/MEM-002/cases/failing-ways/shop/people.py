import asyncpg
import psycopg2
from fastapi import FastAPI
from psycopg2.pool import ThreadedConnectionPool

app = FastAPI()
pool = ThreadedConnectionPool(1, 9, "dbname=shop")


@app.get("/people/{number}")
async def person(number: int):
    connection = await asyncpg.connect("postgres://shop")  # finding: MEM-002
    rows = await connection.fetch("SELECT * FROM people WHERE id = $1", number)
    await connection.close()
    return rows


@app.get("/safe/{number}")
async def safe(number: int):
    connection = await asyncpg.connect("postgres://shop")  # ok: closed however it ends; mutate: s/    finally:\n        await connection.close()/    except KeyError:\n        raise\n    await connection.close()/
    try:
        return await connection.fetch("SELECT * FROM people WHERE id = $1", number)
    finally:
        await connection.close()


@app.get("/caught/{number}")
async def caught(number: int):
    connection = await asyncpg.connect("postgres://shop")  # ok: closed where it fails as well
    try:
        rows = await connection.fetch("SELECT * FROM people WHERE id = $1", number)
        await connection.close()
    except ValueError:
        await connection.close()
        rows = []
    return rows


@app.get("/survived/{number}")
async def survived(number: int):
    connection = await asyncpg.connect("postgres://shop")  # ok: what fails is forgotten, and it is closed all the same; mutate: s/rows = None/raise/
    try:
        rows = await connection.fetch("SELECT * FROM people WHERE id = $1", number)
    except asyncpg.PostgresError:
        rows = None
    await connection.close()
    return rows


@app.get("/counted")
def counted():
    connection = pool.getconn()  # finding: MEM-002
    cursor = connection.cursor()
    cursor.execute("SELECT count(*) FROM people")
    pool.putconn(connection)
    return cursor.fetchone()


@app.get("/plain")
def plain():
    connection = psycopg2.connect("dbname=shop")  # ok: goes with the function's last name for it
    cursor = connection.cursor()
    cursor.execute("SELECT count(*) FROM people")
    total = cursor.fetchone()
    connection.close()
    return total
