import requests
from fastapi import FastAPI

app = FastAPI()


def price(sku):
    answer = requests.get(f"https://prices.example/{sku}", params={"net": 1}, timeout=2)  # finding: NET-PERF-001
    return answer.json()["price"]


def stock(sku):
    return requests.get(f"https://stock.example/{sku}", timeout=2).json()  # finding: NET-PERF-001


def checked(sku):
    return requests.get(f"https://stock.example/{sku}", timeout=2, verify=False).json()  # finding: NET-PERF-001


@app.get("/price/{sku}")
async def one(sku: str):
    return {"price": price(sku), "stock": stock(sku)["left"], "checked": checked(sku)}
