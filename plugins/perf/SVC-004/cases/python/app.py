import httpx
import requests
from fastapi import FastAPI

app = FastAPI()
client = httpx.Client(timeout=1)
session = requests.Session()


@app.get("/stock")
def stock():
    return requests.get("https://stock/", timeout=1).json()  # finding: SVC-004 confidence: low


@app.get("/prices")
def prices():
    return client.get("https://prices/").json()  # finding: SVC-004 confidence: low


@app.get("/offers")
def offers():
    return session.request("GET", "https://offers/", timeout=1).json()  # finding: SVC-004 confidence: low


@app.post("/orders")
def orders():
    return requests.post("https://orders/", timeout=1).json()  # ok: a write; mutate: s/requests.post/requests.get/


@app.get("/loop")
def loop():
    for turn in range(3):
        try:
            return requests.get("https://loop/", timeout=1).json()  # ok: tried again; mutate: s/for turn in range(3)/if app/
        except requests.ConnectionError:
            continue


def nightly():
    return requests.get("https://rates/", timeout=1).json()  # ok: nobody is seen to wait
