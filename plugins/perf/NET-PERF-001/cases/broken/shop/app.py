import requests
from fastapi import FastAPI

app = FastAPI()


def unfinished(:
    pass


@app.get("/")
async def rates():
    return requests.get("https://rates.example", timeout=2).json()  # finding: NET-PERF-001
