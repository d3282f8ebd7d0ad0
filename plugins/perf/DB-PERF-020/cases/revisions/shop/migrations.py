import asyncpg


async def m004_names(db: asyncpg.Connection):
    return await db.fetch("SELECT * FROM orders")  # ok: a migration runs once


async def m005_names(db: asyncpg.Connection):
    return await db.fetch("SELECT * FROM users")  # ok: the same
