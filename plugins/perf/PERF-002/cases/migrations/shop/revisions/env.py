import asyncpg
import psycopg2
from alembic import context
from sqlalchemy import event


def run():
    context.configure(connection=psycopg2.connect("dbname=shop"))  # ok: a tool for migrations runs it


run()  # ok: the same; mutate: s/from alembic import context/from shop import context/


async def watch(engine):
    connection = await asyncpg.connect("postgresql://db/shop")  # ok: the same, where it listens to something
    event.listen(engine, "connect", connection.fetch)
