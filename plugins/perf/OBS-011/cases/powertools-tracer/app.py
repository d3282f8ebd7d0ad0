from aws_lambda_powertools import Tracer
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


tracer = Tracer()
