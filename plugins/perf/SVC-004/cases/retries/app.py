import requests
from fastapi import FastAPI
from tenacity import retry, stop_after_attempt

app = FastAPI()


@retry(stop=stop_after_attempt(2))
def fetch():
    return requests.get("https://stock/", timeout=1).json()  # ok: tried again


@app.get("/stock")
def stock():
    return fetch()
