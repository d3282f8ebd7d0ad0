import asyncio
import time

import asyncpg
import requests
from cachetools.func import ttl_cache
from fastapi import FastAPI

app = FastAPI()
seen = {"database": 0.0}
pool = None


@app.get("/healthz")
def healthz():
    return {"status": "ok", "database": seen["database"] > time.monotonic() - 15}


@app.get("/readyz")
def readyz():
    # ok: readiness asks on purpose; mutate: s|/readyz|/livez| s/def readyz/def alive/
    return requests.get("https://stock/health", timeout=1).status_code


@app.get("/__heartbeat__")
def heartbeat():
    # ok: asks for what it depends on, as Dockerflow wants it; mutate: s|/__heartbeat__|/heartbeat|
    return requests.get("https://stock/health", timeout=1).status_code


@app.get("/health")
@ttl_cache(ttl=5)
def kept():
    # ok: kept for five seconds; mutate: s/@ttl_cache(ttl=5)\n//
    return requests.get("https://stock/health", timeout=1).status_code


@app.get("/status")
def status():
    # ok: a status of the business; mutate: s|/status|/health|
    return requests.get("https://stock/changes", timeout=1).json()


@app.get("/health/db")
def database():
    # ok: somebody asks for the database by name; mutate: s|/health/db|/health|
    return requests.get("https://stock/changes", timeout=1).json()
