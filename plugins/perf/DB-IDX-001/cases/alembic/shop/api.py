import aiosql
import asyncpg

queries = aiosql.from_path("shop/sql", "asyncpg")


async def feed(url, name):
    connection = await asyncpg.connect(url)
    return await queries.get_feed(connection, name=name, limit=20)
