from shop.pools import Pools


async def database_answers():
    pool = await Pools.get()
    async with pool.acquire() as connection:
        await connection.fetchval("SELECT 1")
    return True
