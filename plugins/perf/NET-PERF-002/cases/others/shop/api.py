import redis
import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/visits")
def visits():
    return redis.Redis(host="cache").incr("visits")  # ok: a cache's client, of which DB-PERF-021 speaks; mutate: s/redis.Redis(host="cache").incr("visits")/requests.Session()/


@app.get("/prices")
def prices():
    return requests.Session().get("https://prices/", timeout=2).json()  # finding: NET-PERF-002
