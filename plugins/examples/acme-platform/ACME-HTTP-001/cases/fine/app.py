import acme_http
import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: str):
    return acme_http.get("prices", f"/{number}").json()


def refresh():
    return requests.get("https://prices/all", timeout=60)  # ok: nobody's request waits for a script
