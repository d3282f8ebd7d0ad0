from prometheus_client import Histogram
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


TIME = Histogram("request_seconds", "time of requests", ["route"])
