import structlog
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


log = structlog.get_logger()
