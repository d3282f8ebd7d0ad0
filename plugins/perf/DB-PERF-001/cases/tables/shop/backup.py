from fastapi import FastAPI
from sqlalchemy import MetaData, create_engine, insert, select, text
from sqlalchemy.schema import DropTable

app = FastAPI()
engine = create_engine("postgresql://db/shop")
meta = MetaData()


@app.get("/backup")
def backup():
    with engine.connect() as connection:
        found = {}
        for table in meta.sorted_tables:
            # ok: another table each time; mutate: s/table.select()/select(meta.tables["orders"]).where(meta.tables["orders"].c.name == table.name)/
            found[table.name] = connection.execute(table.select()).all()
        return found


@app.post("/restore")
def restore(dump: dict):
    with engine.begin() as connection:
        for name, rows in dump.items():
            table = meta.tables[name]
            connection.execute(insert(table), rows)  # ok: another table each time


@app.post("/reset")
def reset():
    with engine.begin() as connection:
        for table in meta.sorted_tables:
            connection.execute(DropTable(table))  # ok: drops another table each time; mutate: s/DropTable(table)/text("SELECT 1 FROM " + table.name)/


@app.post("/names")
def names(owners: list[int]):
    orders = meta.tables["orders"]
    with engine.begin() as connection:
        for owner in owners:
            connection.execute(select(orders).where(orders.c.owner == owner))  # finding: DB-PERF-001


@app.post("/tidy")
def tidy(names: list[str]):
    with engine.begin() as connection:
        for name in names:
            connection.execute(text(f"REFRESH MATERIALIZED VIEW {name}"))  # ok: one view each; mutate: s/f"REFRESH MATERIALIZED VIEW {name}"/f"SELECT id FROM orders WHERE name = '{name}'"/


def end_others(session, sessions: list[int]):
    for number in sessions:
        session.execute(text(f"KILL {number}"))  # ok: each is ended by a statement of its own; mutate: s/KILL {number}/SELECT name FROM shops WHERE id = {number}/
