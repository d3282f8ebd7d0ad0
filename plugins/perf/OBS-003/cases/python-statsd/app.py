import redis
from fastapi import FastAPI

app = FastAPI()
store = redis.Redis()


@app.get("/orders/{number}")
def order(number: int):
    statsd.incr("cache.miss")
    return {"number": number}
