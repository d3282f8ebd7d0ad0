import psycopg2
from redis.asyncio import Redis


class Store:
    def __init__(self, dsn):
        self.connection = psycopg2.connect(dsn)
        self.cache = Redis()

    async def order(self, number):
        with self.connection.cursor() as cursor:
            cursor.execute("select id from orders where number = %s", (number,))  # finding: CONC-001
            return number

    async def cached(self, number):
        return await self.cache.get(number)  # ok: the asynchronous flavour of the library
