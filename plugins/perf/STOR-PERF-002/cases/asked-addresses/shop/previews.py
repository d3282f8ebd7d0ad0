import aiohttp
import httpx
import requests
from fastapi import Depends, FastAPI
from pydantic import BaseModel

app = FastAPI()


class Wish(BaseModel):
    url: str
    note: str


class Settings:
    login_url: str = "https://login.example"


def settings():
    return Settings()


@app.get("/title")
def title(url: str):
    answer = requests.get(url, timeout=5)
    return answer.text[:80]  # finding: STOR-PERF-002 confidence: medium


@app.post("/wishes")
async def wish(wish: Wish):
    async with httpx.AsyncClient() as client:
        answer = await client.get(wish.url)
        return answer.content[:80]  # finding: STOR-PERF-002 confidence: medium


@app.get("/feed")
async def feed(link: str):
    async with aiohttp.ClientSession() as session:
        async with session.get(link) as answer:
            return await answer.text()  # finding: STOR-PERF-002 confidence: medium


def page(address):
    return requests.get(address, timeout=5).text  # finding: STOR-PERF-002 confidence: medium


@app.get("/words")
def count(site: str):
    return len(page(f"https://{site}/").split())


@app.get("/prices")
def price(url: str):
    return requests.get(f"https://prices.example/{url}", timeout=5).text  # ok: a host of ours; mutate: s|f"https://prices.example/{url}"|url|


@app.get("/login")
def login(settings: Settings = Depends(settings)):
    return requests.get(f"{settings.login_url}/keys", timeout=5).text  # ok: an address of the settings; mutate: s/class Settings:/class Settings(BaseModel):/


@app.get("/alive")
def alive(url: str):
    return requests.get(url, timeout=5).status_code  # ok: only whether it answers; mutate: s/status_code/text/


@app.get("/beginning")
def beginning(url: str):
    # ok: as it comes in; mutate: s/, stream=True)/).text/
    answer = requests.get(url, timeout=5, stream=True)
    return next(answer.iter_content(65536))


@app.get("/checked")
def checked(url: str):
    if int(requests.head(url, timeout=5).headers["Content-Length"]) > 65536:
        return ""
    return requests.get(url, timeout=5).text  # ok: its length was asked for; mutate: s/Content-Length/X-Count/
