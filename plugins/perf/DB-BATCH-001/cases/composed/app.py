import psycopg2
from fastapi import FastAPI
from psycopg2 import sql

app = FastAPI()
connection = psycopg2.connect("dbname=parcels")


@app.post("/parcels/{table}")
def parcels(table: str, rows: list[dict]):
    cursor = connection.cursor()
    for row in rows:
        cursor.execute(sql.SQL("INSERT INTO {table} (name) VALUES (%s)").format(table=sql.Identifier(table)), (row["name"],))  # finding: DB-BATCH-001
    connection.commit()


@app.get("/parcels/{table}")
def read(table: str, names: list[str]):
    cursor = connection.cursor()
    found = []
    for name in names:
        # ok: reads, which is another rule's; mutate: s/SELECT id FROM {table} WHERE name = %s/DELETE FROM {table} WHERE name = %s/
        cursor.execute(sql.SQL("SELECT id FROM {table} WHERE name = %s").format(table=sql.Identifier(table)), (name,))
        found.extend(cursor.fetchall())
    return found
