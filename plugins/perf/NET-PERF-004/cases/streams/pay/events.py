import httpx
import requests
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient(base_url="https://pay.internal", timeout=5)


@app.get("/events")
async def events():
    # ok: events come for as long as there are any; mutate: s/answer.aiter_lines()/answer.aiter_bytes()/
    async with client.stream("GET", "/events", timeout=None) as answer:
        async for line in answer.aiter_lines():
            print(line)


@app.get("/older")
def older():
    # ok: the same with requests; mutate: s/answer.iter_lines()/answer.iter_content()/
    answer = requests.get("https://pay.internal/events", stream=True, timeout=None)
    for line in answer.iter_lines():
        print(line)


@app.get("/file")
async def file():
    async with client.stream("GET", "/file", timeout=None) as answer:  # finding: NET-PERF-004
        return [part async for part in answer.aiter_bytes()]
