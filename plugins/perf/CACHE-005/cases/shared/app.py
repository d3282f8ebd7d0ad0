import redis
from cachetools import TTLCache
from fastapi import FastAPI

app = FastAPI()
cache = redis.Redis()


@app.get("/orders")
def orders():
    return cache.get("orders")
