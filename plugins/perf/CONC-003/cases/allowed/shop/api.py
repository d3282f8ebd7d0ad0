import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient()


@app.get("/")
async def paced():
    first = await client.get("https://a.example")
    # perfctl: allow CONC-003 -- the partner answers one request at a time
    second = await client.get("https://b.example")
    return first.text, second.text
