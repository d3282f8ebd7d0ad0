from sqlalchemy import create_engine, text
from fastapi import FastAPI

app = FastAPI()
engine = create_engine("postgresql://db/shop")


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}


POOL = Gauge("db_pool_in_use", "Connections in use")
POOL.set_function(lambda: engine.pool.checkedout())
