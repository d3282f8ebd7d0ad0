from fastapi import FastAPI
from sqlalchemy import create_engine, text

from states import State

app = FastAPI()
engine = create_engine("postgresql://shop")


def by_name(connection, name):
    return connection.execute(text(f"SELECT id FROM customers WHERE name = '{name}'"))  # finding: DB-PREP-001 confidence: high


@app.get("/customers/{name}")
def customers(name: str):
    with engine.connect() as connection:
        rows = by_name(connection, name)
        # ok: a constant of an enumeration; mutate: s/{State.OPEN.value}/{name}/
        connection.execute(text(f"SELECT id FROM customers WHERE state = {State.OPEN.value}"))
        return [row.id for row in rows]
