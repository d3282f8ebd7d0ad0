import asyncio

import aiohttp
import httpx
import requests
from fastapi import BackgroundTasks, FastAPI, UploadFile
from openai import OpenAI
from requests.adapters import HTTPAdapter

app = FastAPI()
LIMIT = 10
client = httpx.AsyncClient(timeout=httpx.Timeout(8.0))
model = OpenAI(timeout=60)
session = requests.Session()


class Limited(HTTPAdapter):
    def __init__(self, *args, timeout=10, **options):
        self.timeout = timeout
        super().__init__(*args, **options)

    def send(self, request, **options):
        options["timeout"] = self.timeout
        return super().send(request, **options)


class Quick(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request):
        request.extensions["timeout"] = {"connect": 0.5, "read": 0.5}
        return await super().handle_async_request(request)


adapted = requests.Session()
adapted.mount("https://", Limited())
hurried = requests.Session()
hurried.mount("https://", Limited(timeout=0.5))
carried = httpx.AsyncClient(transport=Quick())


@app.get("/adapted")
def through_an_adapter():
    return adapted.get("https://adapted/").json()  # finding: SVC-010 confidence: medium


@app.get("/hurried")
def through_a_quick_adapter():
    return hurried.get("https://hurried/").json()  # ok: the adapter ends in time; mutate: s/Limited(timeout=0.5)/Limited(timeout=5)/


@app.get("/carried")
async def through_a_transport():
    return (await carried.get("https://carried/")).json()  # ok: the transport has a limit of its own; mutate: s/transport=Quick()/transport=httpx.AsyncHTTPTransport()/


def fetch(path):
    return session.get(f"https://stock/{path}", timeout=(1, LIMIT)).json()  # finding: SVC-010 confidence: medium


@app.get("/stock/{path}")
def stock(path: str):
    return fetch(path)


@app.get("/rates")
def rates():
    return requests.get("https://rates/", timeout=10).json()  # finding: SVC-010 confidence: medium


@app.get("/prices")
async def prices():
    return (await client.get("https://prices/")).json()  # finding: SVC-010


@app.get("/offers")
async def offers():
    async with httpx.AsyncClient(timeout=20.0) as own:
        return (await own.get("https://offers/")).json()  # finding: SVC-010


@app.get("/news")
async def news():
    async with aiohttp.ClientSession() as own:
        async with own.get("https://news/", timeout=aiohttp.ClientTimeout(total=15)) as answer:  # finding: SVC-010
            return await answer.json()


@app.get("/default")
def default():
    return httpx.get("https://default/").json()  # finding: SVC-010 confidence: low


@app.get("/middling")
def middling():
    return requests.get("https://middling/", timeout=2).json()  # finding: SVC-010 confidence: low


@app.get("/quick")
def quick():
    return requests.get("https://quick/", timeout=0.8).json()  # ok: ends in time; mutate: s/timeout=0.8/timeout=8/


@app.get("/raced")
async def raced():
    return await asyncio.wait_for(client.get("https://raced/"), 0.5)  # ok: ends in time; mutate: s/, 0.5)/, 5)/


@app.get("/settings")
def settings(limit: float):
    return requests.get("https://settings/", timeout=limit).json()  # ok: not known; mutate: s/timeout=limit/timeout=30/


@app.get("/none")
def none():
    return requests.get("https://none/").json()  # ok: no limit at all is NET-PERF-004's


@app.post("/files")
def files(file: UploadFile):
    requests.post("https://files/", files={"file": file.file}, timeout=60)  # ok: takes its time; mutate: s/files={"file": file.file}/json={}/


@app.post("/ask")
def ask():
    return model.chat.completions.create(model="m", messages=[], timeout=30)  # ok: a model takes its time


@app.post("/models")
def models():
    gemini = "https://models/"
    return requests.post(gemini, timeout=30).json()  # ok: a model takes its time; mutate: s/gemini = /place = / s/post(gemini, /post(place, /


@app.post("/test-connection")
def test_connection():
    return requests.get("https://other/", timeout=10).json()  # finding: SVC-010 confidence: low


def notify():
    requests.post("https://hooks/", timeout=30)  # ok: goes on behind the answer; mutate: s/tasks.add_task(notify)/notify()/


@app.post("/notices")
def notices(tasks: BackgroundTasks):
    tasks.add_task(notify)


def nightly():
    requests.get("https://rates/", timeout=30)  # ok: no request waits
