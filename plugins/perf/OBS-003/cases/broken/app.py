import redis
from fastapi import FastAPI

app = FastAPI()
store = redis.Redis()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}


def price(number:
    return
