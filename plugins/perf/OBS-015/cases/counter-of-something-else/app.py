from sqlalchemy import create_engine
from fastapi import FastAPI

app = FastAPI()
engine = create_engine("postgresql://db/shop")


@app.get("/orders")
def orders():
    return []
