import psycopg
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    with psycopg.connect("") as connection:
        return connection.execute("SELECT id, total FROM orders WHERE id = %s", [number]).fetchone()
