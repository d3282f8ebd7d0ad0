import asyncpg
from fastapi import FastAPI

app = FastAPI()


@app.get("/counts")
async def counts(names: list[str]):
    pool = await asyncpg.create_pool("postgresql://db/shop")
    found = {}
    async with pool.acquire() as connection:
        for name in names:
            found[name] = await connection.fetch(f"SELECT count(*) FROM {name}")  # ok: another table each time; mutate: s/FROM {name}/FROM orders WHERE owner = {name}/
        for name in names:
            found[name] = await connection.fetch(f"SELECT id FROM {name} WHERE owner = '{name}'")  # finding: DB-PERF-001
    return found


@app.get("/owners")
async def owners(names: list[str], table: str):
    pool = await asyncpg.create_pool("postgresql://db/shop")
    async with pool.acquire() as connection:
        for name in names:
            await connection.fetch(f"SELECT id FROM {table} WHERE owner = $1", name)  # finding: DB-PERF-001
