import asyncio
import time

import requests
from fastapi import FastAPI

app = FastAPI()


def load(user):
    return requests.get(f"https://accounts.example/{user}", timeout=2).json()


@app.get("/direct")
async def direct():
    time.sleep(1)  # finding: CONC-001
    return {}


@app.get("/helper/{user}")
async def through_a_helper(user: str):
    return load(user)  # finding: CONC-001


@app.get("/thread/{user}")
async def in_a_thread(user: str):
    return await asyncio.to_thread(load, user)  # ok: runs in another thread


@app.get("/plain/{user}")
def plain(user: str):
    return load(user)  # ok: a plain function runs in the framework's thread pool


@app.get("/sleep")
async def sleeps():
    await asyncio.sleep(1)  # ok: gives the loop back
    return {}
