import asyncpg
from psycopg_pool import AsyncConnectionPool, ConnectionPool

pool = ConnectionPool("postgresql://shop@db/shop")  # finding: DB-POOL-001 confidence: medium
few = AsyncConnectionPool("postgresql://shop@db/shop", min_size=1, open=False)  # finding: DB-POOL-001 confidence: medium
enough = ConnectionPool("postgresql://shop@db/shop", min_size=2, max_size=20)  # ok: grows; mutate: s/, max_size=20//


async def open_pool():
    # ok: the library's default is ten
    small = await asyncpg.create_pool("postgresql://shop@db/shop")
    # finding: DB-POOL-001 confidence: medium
    large = await asyncpg.create_pool("postgresql://shop@db/shop", max_size=400)
    return small, large
