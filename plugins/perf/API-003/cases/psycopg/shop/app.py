import psycopg
from fastapi import FastAPI

app = FastAPI()
connection = psycopg.connect("host=db dbname=shop")
PAGE = "SELECT id, total FROM orders ORDER BY id LIMIT %s OFFSET %s"


@app.get("/orders")
def orders(page: int = 1, limit: int = 20):  # finding: API-003 confidence: medium
    with connection.cursor() as cursor:
        cursor.execute(PAGE, (limit, (page - 1) * limit))
        return cursor.fetchall()


@app.get("/orders/behind")
def behind(page: int = 1, limit: int = 20, cursor: int = 0):  # ok: goes on behind the last row; mutate: s/, cursor: int = 0// s/(cursor, limit)/(page, limit)/
    return connection.execute("SELECT id, total FROM orders WHERE id > %s ORDER BY id LIMIT %s", (cursor, limit)).fetchall()
