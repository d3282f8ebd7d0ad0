from fastapi import FastAPI
from sqlalchemy import text

from shop.db import engine

app = FastAPI()


@app.get("/orders")
def orders():
    with engine.connect() as connection:
        return [row.id for row in connection.execute(text("SELECT id FROM orders LIMIT 20"))]
