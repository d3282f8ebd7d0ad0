import json

import redis
from fastapi import FastAPI

app = FastAPI()
cache = redis.Redis(host="cache")

@app.get("/orders/{number}")
def order(number: int):
    cached = cache.get(f"order:{number}")
    if cached:
        return json.loads(cached)
    found = load(number)
    cache.set(f"order:{number}", json.dumps(found))  # ok: the server throws out what is old; mutate: docker-compose.yml s|allkeys-lru|noeviction|
    return found



def load(number):
    return {"number": number}
