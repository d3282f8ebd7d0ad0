import redis
from fastapi import FastAPI

CACHE_HITS = Counter("cache_hits_total", "Hits")
app = FastAPI()
store = redis.Redis()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}
