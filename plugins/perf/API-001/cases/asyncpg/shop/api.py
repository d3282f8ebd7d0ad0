import asyncpg
from fastapi import FastAPI, HTTPException

from shop.pool import Database

app = FastAPI()


@app.get("/records")
async def records(table: str):  # finding: API-001 confidence: medium
    if table not in ("orders", "carts"):
        raise HTTPException(400)
    pool = await asyncpg.create_pool("postgresql://db/shop")
    async with pool.acquire() as connection:
        rows = await connection.fetch(f"SELECT * FROM {table};")
    return [dict(row) for row in rows]


@app.get("/kept")
async def kept(table: str):  # finding: API-001 confidence: medium
    pool = await Database.get_pool()
    async with pool.acquire() as connection:
        return await connection.fetch(f"SELECT * FROM {table};")


@app.get("/paged")
async def paged(table: str, after: int):  # ok: a page; mutate: s/ WHERE id > $1 LIMIT 50", after/"/
    pool = await Database.get_pool()
    async with pool.acquire() as connection:
        return await connection.fetch(f"SELECT * FROM {table} WHERE id > $1 LIMIT 50", after)


@app.get("/any")
async def any_clause(clause: str):  # ok: the text may hold a limit; mutate: s/ {clause}"/"/
    pool = await Database.get_pool()
    async with pool.acquire() as connection:
        return await connection.fetch(f"SELECT * FROM orders {clause}")


@app.get("/remote")
async def remote(client, name: str):  # ok: no statement; mutate: s/client.fetch(name)/client.fetch("SELECT id FROM orders")/
    return await client.fetch(name)


@app.get("/owned")
async def owned(table: str, owner: int):  # finding: API-001 confidence: low
    pool = await Database.get_pool()
    async with pool.acquire() as connection:
        return await connection.fetch(f"SELECT * FROM {table} WHERE owner = {owner}")


@app.get("/tables")
async def tables():  # ok: as many as the schema has; mutate: s/information_schema.tables/orders/
    pool = await Database.get_pool()
    async with pool.acquire() as connection:
        return await connection.fetch("SELECT table_name FROM information_schema.tables")
