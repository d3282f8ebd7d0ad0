import aiosql
import pugsql

queries = aiosql.from_path("sql", "asyncpg")
statements = pugsql.module("sql")


class Owners:
    def __init__(self, connection):
        self._connection = connection

    async def by_id(self, number):
        return await queries.get_owner_by_id(self._connection, id=number)


class Orders:
    def __init__(self, connection):
        self._connection = connection
        self._owners = Owners(connection)

    async def listed(self, limit):
        rows = await queries.get_orders(self._connection, limit=limit)
        return [
            # finding: DB-PERF-001
            await self._from_row(row)
            for row in rows
        ]

    async def store(self, rows):
        for row in rows:
            # ok: a write, which is DB-BATCH-001's
            await queries.create_order(self._connection, number=row["number"])

    async def _from_row(self, row):
        return {"id": row["id"], "owner": await self._owners.by_id(row["owner_id"])}


def paid(orders):
    for order in orders:
        order.payments = list(statements.payments_of(order=order.id))  # finding: DB-PERF-001


def of_folders(folders):
    for folder in folders:
        # ok: reads files with statements, and asks no database
        yield aiosql.from_path(folder, "psycopg2")
