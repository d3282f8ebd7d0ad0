from prometheus_fastapi_instrumentator import Instrumentator
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


Instrumentator().instrument(app).expose(app)
