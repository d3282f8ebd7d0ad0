from prometheus_client import Counter
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


COUNT = Counter("requests", "requests", ["route"])
