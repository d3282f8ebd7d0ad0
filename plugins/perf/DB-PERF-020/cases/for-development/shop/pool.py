import asyncpg


async def get_pool() -> asyncpg.Pool:
    return await asyncpg.create_pool("postgresql://db/shop")
