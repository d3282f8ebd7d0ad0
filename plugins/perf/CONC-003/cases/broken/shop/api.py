import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient()


@app.get("/before")
async def before():
    first = await client.get("https://a.example")
    second = await client.get("https://b.example")  # finding: CONC-003
    return first, second


def unfinished(:
    pass


@app.get("/after")
async def after():
    first = await client.get("https://a.example")
    second = await client.get("https://b.example")  # finding: CONC-003
    return first, second
