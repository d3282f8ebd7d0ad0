import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/rates")
async def rates():
    # perfctl: allow NET-PERF-002 -- called once a day
    async with httpx.AsyncClient() as client:
        return (await client.get("https://rates.example")).json()
