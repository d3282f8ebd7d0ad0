from aws_lambda_powertools import Logger
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


log = Logger()
