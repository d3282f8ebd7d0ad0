from prometheus_client import Counter
from fastapi import FastAPI

# perfctl: allow OBS-017 -- a sidecar reads the registry
ORDERS = Counter("orders_total", "Orders")
app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}
