from fastapi import FastAPI

from shop.database import Database

app = FastAPI()


@app.get("/orders")
def orders():
    database = Database("")
    cursor = database.connect()  # finding: MEM-002
    cursor.execute("SELECT id FROM orders")
    return cursor.fetchall()


@app.get("/stock")
def stock():
    database = Database("")
    cursor = database.connect()  # ok: closed through its owner; mutate: s/database.close()/print(database)/
    cursor.execute("SELECT id FROM stock")
    rows = cursor.fetchall()
    database.close()
    return rows
