import asyncpg


class Database:
    pool = None

    @classmethod
    async def get_pool(cls):
        if cls.pool is None:
            cls.pool = await asyncpg.create_pool("postgresql://db/shop")
        return cls.pool
