from fastapi import FastAPI

from shop.database import engine

app = FastAPI()


@app.get("/orders")
def orders():
    with engine.connect() as db:
        return db.execute("SELECT id FROM orders").all()
