"""Places where a thread would not help, or where nobody can write the change."""

import asyncio

import requests
from fastapi import FastAPI

from shop.models import Order
from shop.stock import Stock, parts

app = FastAPI()


@app.get("/stock")
async def stock(number: str):
    shelf = Stock(number)  # finding: CONC-001
    return shelf.count()


@app.get("/stock/name")
async def name(number: str):
    return Stock(number).place  # finding: CONC-001


@app.get("/stock/whole")
async def whole(number: str):
    return {"shelf": Stock(number)}  # finding: CONC-001


@app.get("/parts")
async def all_parts(number: str):
    found = []
    for part in parts(number):  # finding: CONC-001
        found.append(part)
    return found


@app.get("/prices")
async def prices(numbers: str):
    return [requests.get(f"https://prices/{number}", timeout=3).json() for number in numbers.split(",")]  # finding: CONC-001


@app.get("/handed")
async def handed(number: str):
    return await asyncio.to_thread(requests.get(f"https://prices/{number}", timeout=3).json)  # finding: CONC-001


@app.get("/orders")
async def orders():
    return Order.objects.filter(open=True).count()  # finding: CONC-001


@app.post("/note")
async def note(text: str):
    with open("/data/notes", "a") as notes:  # finding: CONC-001
        notes.write(text)


@app.get("/laid-out")
async def laid_out(number: str):
    return (
        # finding: CONC-001
        requests
        .get(f"https://prices/{number}", timeout=3)
        .json()
    )
