import psycopg2
from alembic import context


def run():
    context.configure(connection=psycopg2.connect("dbname=shop"))  # ok: a tool for migrations runs it


run()  # ok: the same; mutate: s/from alembic import context/from shop import context/
