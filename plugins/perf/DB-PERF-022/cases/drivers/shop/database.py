import os

import asyncpg
import psycopg
import psycopg2
from psycopg2 import pool

HOST = os.environ["DB_HOST"]

# finding: DB-PERF-022 confidence: high
connections = pool.ThreadedConnectionPool(1, 10, host=HOST, dbname="shop", user="shop")

# finding: DB-PERF-022 confidence: high
single = psycopg.connect(
    host=HOST,
    dbname="shop",
    user="shop",
)


async def orders():
    # finding: DB-PERF-022 confidence: high
    return await asyncpg.create_pool(host=HOST, database="shop", user="shop")


class Database:
    def __init__(self, params):
        self.params = params

    def connect(self):
        return psycopg2.connect(**self.params)  # finding: DB-PERF-022 confidence: medium


database = Database({"host": HOST, "dbname": "shop"})


def remote(address, name):
    # The database is the caller's.
    return psycopg2.connect(host=address, dbname=name)  # finding: DB-PERF-022 confidence: low
