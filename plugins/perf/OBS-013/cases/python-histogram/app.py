from prometheus_client import Histogram
from fastapi import FastAPI

PRICE = Histogram("price_seconds", "Time of pricing")
app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    with PRICE.time():
        pass
    return {"number": number}
