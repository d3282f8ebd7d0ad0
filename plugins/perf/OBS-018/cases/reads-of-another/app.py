import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    answer = httpx.get("https://stock/orders")
    took = answer.headers["x-response-time"]
    return [answer.headers.get("x-process-time"), took]
