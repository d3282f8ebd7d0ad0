from fastapi import FastAPI
from sqlalchemy.orm import Session

from shop.gateways import Parcels, engine, metadata, parcels, parts_of

app = FastAPI()
gateway = Parcels(parcels)


@app.put("/parcels/{code}")
def change(code: str, body: dict):
    gateway.change(where={"code": code}, what=body)
    gateway.price({"region": code, "year": 2024})
    gateway.price_of_year({"region": code})
    with Session(engine) as session:
        parts_of(session, code, metadata)
    return gateway.find_parcels(code)[0]


@app.delete("/parcels")
def close(code: str, state: str):
    gateway.close(where={"code": code})
    gateway.close(where={"state": state})
    return gateway.find_parcels(limit=1), gateway.find_many(state)[0], gateway.find_many(code)
