import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient(timeout=3)


class Telemetry:
    async def record(self, name):
        await client.post("https://figures.example", json={"name": name})


telemetry = Telemetry()


async def track_event(name):
    await client.post("https://figures.example", json={"name": name})


async def track_parcel(number):
    await client.post("https://parcels.example", json={"number": number})


@app.get("/stock/{sku}")
async def stock(sku: str):
    try:
        await telemetry.record("stock")  # finding: CONC-003
    except httpx.HTTPError:
        print("no figures")
    answer = await client.get(f"https://stock.example/{sku}")
    return answer.json()


@app.get("/price/{sku}")
async def price(sku: str):
    await track_event("price")  # finding: CONC-003
    return (await client.get(f"https://prices.example/{sku}")).json()


@app.post("/parcel/{number}")
async def parcel(number: str):
    await track_parcel(number)  # ok: not figures, but what is asked for; mutate: s/await track_parcel/await track_event/
    return (await client.get(f"https://parcels.example/{number}")).json()
