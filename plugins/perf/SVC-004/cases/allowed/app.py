import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/stock")
def stock():
    # perfctl: allow SVC-004 -- the page does without it
    return requests.get("https://stock/", timeout=1).json()
