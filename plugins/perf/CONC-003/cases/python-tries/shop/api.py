import logging

import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient(timeout=5)


@app.get("/page")
async def page():
    rates = {}
    try:
        rates = await client.get("https://rates.example/today")
    except httpx.HTTPError:
        logging.warning("no rates")
    news = await client.get("https://news.example/today")  # finding: CONC-003 confidence: high
    return {"rates": rates, "news": news}


@app.get("/both")
async def both():
    rates = await client.get("https://rates.example/today")
    try:
        # ok: needs the rates; mutate: s/rates.json()["at"]/"1"/
        news = await client.get("https://news.example/today", params={"at": rates.json()["at"]})
    except httpx.HTTPError:
        news = None
    return {"rates": rates, "news": news}
