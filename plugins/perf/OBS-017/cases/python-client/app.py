from prometheus_client import Counter, make_asgi_app
from fastapi import FastAPI

ORDERS = Counter("orders_total", "Orders")
app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}


app.mount("/metrics", make_asgi_app())
