import requests
from fastapi import FastAPI

from shop import prices

app = FastAPI()


@app.get("/orders/{number}")
def order(number: str):
    price = requests.get(f"https://prices/{number}", timeout=5)  # finding: ACME-HTTP-001
    return {"price": price.json(), "taxes": prices.taxes(number)}
