import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/stock")
def stock():
    return requests.get("https://stock/", timeout=1).json()  # finding: SVC-004


def broken(:
    pass
