from prometheus_client import make_asgi_app
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}


app.mount("/metrics", make_asgi_app())
