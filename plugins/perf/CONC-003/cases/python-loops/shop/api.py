import asyncio

import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient()
turns = asyncio.Semaphore(4)


async def price_of(number: str):
    answer = await client.get(f"https://prices.example/{number}")
    return answer.json()


async def paced(number: str):
    async with turns:
        return (await client.get(f"https://prices.example/{number}")).json()


@app.post("/prices")
async def prices(numbers: list[str]):
    found = []
    for number in numbers:
        found.append(await price_of(number))  # finding: CONC-003
    return found


@app.post("/comprehension")
async def comprehension(numbers: list[str]):
    return [await price_of(number) for number in numbers]  # finding: CONC-003


@app.post("/together")
async def together(numbers: list[str]):
    return await asyncio.gather(*[price_of(number) for number in numbers])  # ok: already together


@app.post("/limited")
async def limited(numbers: list[str]):
    return [await paced(number) for number in numbers]  # ok: takes turns anyway; mutate: s/    async with turns:/    if True:/


@app.post("/first")
async def first(numbers: list[str]):
    for number in numbers:
        price = await price_of(number)  # ok: sources in an order, until one has it; mutate: s/return price  # hit/numbers.index(number)/
        if price:
            return price  # hit
    return None


@app.post("/slow")
async def slow(numbers: list[str]):
    found = {}
    for number in numbers:
        found[number] = await price_of(number)  # ok: paced on purpose; mutate: s/await asyncio.sleep(1)/pass/
        await asyncio.sleep(1)
    return found


@app.post("/retry")
async def retry(number: str):
    for attempt in range(20):
        try:
            return await price_of(number)  # ok: attempts, not items
        except httpx.TransportError:
            await asyncio.sleep(attempt)
    return None


@app.get("/pages")
async def pages():
    rows, cursor = [], ""
    while cursor is not None:
        page = (await client.get("https://prices.example/all", params={"cursor": cursor})).json()  # ok: each page names the next
        rows += page["rows"]
        cursor = page["next"]
    return rows


@app.post("/chain")
async def chain(stops: list[str]):
    here = "depot"
    for stop in stops:
        here = await price_of(here + stop)  # ok: needs what came of the stop before; mutate: s/here + stop/stop/
    return here


@app.post("/few")
async def few():
    found = {}
    for name in ["gold", "silver"]:
        found[name] = await price_of(name)  # ok: two of them; mutate: s/["gold", "silver"]/sorted(open("names"))/
    return found


@app.post("/events")
async def events(body: list[str]):
    for message in body:
        await client.put(f"https://feed.example/{message}")  # ok: messages keep their order; mutate: s/message in body/place in body/ s/{message}/{place}/


@app.post("/wanted")
async def wanted(orders: list[dict], number: str):
    found = []
    for order in orders:
        if order.id != number:
            continue
        found.append(await price_of(order.number))  # ok: only the one with that key; mutate: s/order.id != number/order.total < 5/
    return found
