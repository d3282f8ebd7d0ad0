from fastapi import FastAPI

from shop.store import Kept, Wrapper

app = FastAPI()
kept = Kept("prices")


@app.get("/orders")
def orders():
    return Wrapper("orders").table, kept.table
