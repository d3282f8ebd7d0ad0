import httpx
from fastapi import FastAPI, HTTPException

app = FastAPI()
client = httpx.AsyncClient(timeout=5)


# Whether the first request succeeded is all that is asked between the two.
@app.get("/weather")
async def weather(city: str):
    now = await client.get(f"https://weather/{city}/now")
    now.raise_for_status()
    week = await client.get(f"https://weather/{city}/week")  # finding: CONC-003
    week.raise_for_status()
    return {"now": now.json(), "week": week.json()}


@app.get("/route")
async def route(city: str, goal: str):
    here = await client.get(f"https://places/{city}")
    if here.status_code != 200:
        raise HTTPException(502)
    there = await client.get(f"https://places/{goal}")  # finding: CONC-003 confidence: medium
    return {"here": here.json(), "there": there.json()}


@app.get("/found")
async def found(city: str, goal: str):
    here = await client.get(f"https://places/{city}")
    if here.status_code == 404:
        raise HTTPException(404)
    there = await client.get(f"https://places/{goal}")  # ok: asks for one answer of several, which may be the usual one; mutate: s/== 404/>= 400/
    return {"here": here.json(), "there": there.json()}


@app.get("/street")
async def street(city: str):
    here = await client.get(f"https://places/{city}")
    here.raise_for_status()
    streets = await client.get(f"https://streets/{here.json()['id']}")  # ok: needs what the first gave; mutate: s/here.json()['id']/city/
    return streets.json()
