import aiohttp
import boto3
import httpx
import requests
from fastapi import FastAPI
from google.auth.transport import requests as google_requests
from google.oauth2 import id_token
from openai import AsyncOpenAI

app = FastAPI()


@app.get("/rates")
async def rates():
    async with httpx.AsyncClient() as client:  # finding: NET-PERF-002
        return (await client.get("https://rates.example")).json()


@app.get("/feed")
async def feed():
    async with aiohttp.ClientSession() as session:  # finding: NET-PERF-002
        async with session.get("https://feed.example") as answer:
            return await answer.text()


@app.get("/talk")
async def talk(text: str):
    client = AsyncOpenAI()  # finding: NET-PERF-002
    return await client.chat.completions.create(model="m", messages=[{"role": "user", "content": text}])


@app.get("/files")
def files():
    s3 = boto3.client("s3")  # finding: NET-PERF-002
    return s3.list_objects_v2(Bucket="shop")


@app.get("/me")
def me(token: str):
    return id_token.verify_oauth2_token(token, google_requests.Request())  # finding: NET-PERF-002


@app.get("/page")
def page():
    session = requests.Session()  # finding: NET-PERF-002
    return session.get("https://page.example", timeout=2).text


@app.get("/one")
def one():
    return requests.get("https://page.example", timeout=2).text  # ok: one call without a client to keep
