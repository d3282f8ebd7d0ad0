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


@app.post("/orders/close")
def close():
    amount = 500
    due = "SELECT id FROM orders WHERE state = 'due' LIMIT {}".format(amount)
    # ok: one text within another, and nothing that changes in either; mutate: s/due = "SELECT id FROM orders WHERE state = 'due' LIMIT {}".format(amount)/due = input()/
    closing = "UPDATE orders SET state = 'closed' WHERE id IN ({})".format(due)  # both
    with engine.connect() as connection:
        connection.execute(closing)


@app.post("/orders/{customer}/close")
def close_of(customer: str):
    due = "SELECT id FROM orders WHERE customer = '{}'".format(customer)  # finding: DB-PREP-001
    closing = "UPDATE orders SET state = 'closed' WHERE id IN ({})".format(due)
    with engine.connect() as connection:
        connection.execute(due)
        connection.execute(closing)
