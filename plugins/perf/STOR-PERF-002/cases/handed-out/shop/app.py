import aiohttp
import httpx
from fastapi import FastAPI, Response

app = FastAPI()


@app.get("/plans/{number}")
async def plan(number: str):
    async with httpx.AsyncClient(timeout=4) as client:
        answer = await client.get(f"https://files/{number}")  # finding: STOR-PERF-002
    return Response(content=answer.content, media_type="application/pdf")


@app.get("/films/{number}")
async def film(number: str):
    async with aiohttp.ClientSession() as session:
        async with session.get(f"https://films/{number}") as answer:  # finding: STOR-PERF-002
            data = await answer.read()
    return Response(data, media_type="video/mp4")


@app.get("/prices/{number}")
async def price(number: str):
    async with httpx.AsyncClient(timeout=4) as client:
        answer = await client.get(f"https://prices/{number}")  # ok: a short document; mutate: s#/json#/zip#
    return Response(content=answer.content, media_type="application/json")


@app.get("/board/{path}")
async def board(path: str):
    async with httpx.AsyncClient(timeout=4) as client:
        answer = await client.get(f"https://board/{path}")  # ok: hands on whatever a board says
    return Response(content=answer.content, media_type=answer.headers.get("Content-Type", "application/octet-stream"))
