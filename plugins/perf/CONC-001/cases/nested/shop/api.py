import asyncio

import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/defined")
async def defined(url: str):
    def fetch():
        return requests.get(url, timeout=3).text  # ok: only defined here, a thread runs it

    return await asyncio.to_thread(fetch)


@app.get("/called")
async def called(url: str):
    def fetch():
        return requests.get(url, timeout=3).text

    return fetch()  # finding: CONC-001


@app.get("/gathered")
async def gathered(urls: list):
    async def fetch(url):
        return requests.get(url, timeout=3).text  # finding: CONC-001

    return await asyncio.gather(*[fetch(url) for url in urls])


class Settings:
    def get(self, key):
        return key


@app.get("/settings")
async def settings(key: str):
    return Settings().get(key)  # ok: a method of the project that touches nothing
