import httpx
from fastapi import FastAPI

app = FastAPI()


def unfinished(:
    pass


@app.get("/rates")
async def rates():
    async with httpx.AsyncClient() as client:  # finding: NET-PERF-002
        return (await client.get("https://rates.example")).json()
