import asyncio

import asyncpg
from motor.motor_asyncio import AsyncIOMotorClient

users = AsyncIOMotorClient("mongodb://db").shop.users


async def of_all(ids):
    return await asyncio.gather(*[users.find_one({"_id": key}) for key in ids])  # finding: DB-PERF-001


async def one_query(ids):
    return await users.find({"_id": {"$in": ids}}).to_list(None)  # ok: one query for all


async def names(pool: asyncpg.Pool, ids):
    tasks = [pool.fetchrow("SELECT name FROM users WHERE id = $1", key) for key in ids]  # finding: DB-PERF-001
    return await asyncio.gather(*tasks)


async def pages(key):
    found, skip = [], 0
    while True:
        page = await users.find({"group": key}).skip(skip).limit(100).to_list(100)  # ok: pages of one query
        if not page:
            return found
        found += page
        skip += 100
