import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def rates():
    # perfctl: allow NET-PERF-001 -- served to one operator, behind a queue
    return requests.get("https://rates.example", timeout=2).json()
