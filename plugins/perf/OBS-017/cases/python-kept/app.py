from prometheus_client import Counter, Histogram
from fastapi import FastAPI

ORDERS = Counter("orders_total", "Orders")  # finding: OBS-017 confidence: medium
TIMES = Histogram("order_seconds", "Times")
app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}
