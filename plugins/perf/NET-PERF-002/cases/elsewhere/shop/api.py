import httpx
from fastapi import FastAPI

from .models import Element, Job

app = FastAPI()
BASE = "https://stock.example"


@app.post("/elements")
async def add(element: Element):
    async with httpx.AsyncClient() as client:  # finding: NET-PERF-002 confidence: low
        image = await client.get(element.url)
    return len(image.content)


@app.post("/jobs")
async def run(job: Job):
    async with httpx.AsyncClient() as client:  # finding: NET-PERF-002 confidence: low
        if target := job.targets.get("hook"):
            await client.post(target, json={})


@app.get("/stock")
async def stock(sku: str):
    async with httpx.AsyncClient() as client:  # finding: NET-PERF-002 confidence: high
        return (await client.get(f"{BASE}/items/{sku}")).json()


async def load(url: str):
    async with httpx.AsyncClient() as client:  # finding: NET-PERF-002 confidence: high
        return (await client.get(url)).json()


@app.get("/prices")
async def prices():
    return await load(BASE + "/prices")


@app.get("/both")
async def both(element: Element):
    async with httpx.AsyncClient() as client:  # finding: NET-PERF-002 confidence: high
        image = await client.get(element.url)
        return await client.post(f"{BASE}/images", content=image.content)


@app.post("/items")
async def items(sku: str, job: Job):
    return await item(sku, job.targets)


async def item(sku: str, options: dict):
    async with httpx.AsyncClient() as client:  # finding: NET-PERF-002 confidence: high
        return (await client.get(f"{BASE}/items/{sku}", **options)).json()


class Page:
    def __init__(self, address):
        self.address = address

    async def load(self):
        async with httpx.AsyncClient() as client:  # finding: NET-PERF-002 confidence: low
            return (await client.get(self.address)).text


class Rates:
    def __init__(self):
        self.address = f"{BASE}/rates"

    async def load(self):
        async with httpx.AsyncClient() as client:  # finding: NET-PERF-002 confidence: high
            return (await client.get(self.address)).text


@app.post("/pages")
async def pages(element: Element):
    return await Page(element.url).load(), await Rates().load()
