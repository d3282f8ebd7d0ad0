import asyncio
import functools
from contextlib import asynccontextmanager

import boto3
import requests
from asgiref.sync import sync_to_async
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from pyodk.client import Client

app = FastAPI()


@asynccontextmanager
async def central(settings):
    loop = asyncio.get_running_loop()
    client = await loop.run_in_executor(None, Client, settings)
    try:
        yield client
    finally:
        await loop.run_in_executor(None, client.close)


@app.post("/entities")
async def add(label: str):
    async with central("a.toml") as client:
        client.entities.create(label=label)  # finding: CONC-001 confidence: high
        await asyncio.to_thread(client.entities.create, label=label)  # ok: asked in a thread, too


@app.get("/answers")
async def answers(form: str):
    client = await asyncio.to_thread(Client, "a.toml")
    name = client.config.name  # ok: no call
    return name, client.submissions.get_table(form_id=form)  # finding: CONC-001


def opened():
    return requests.Session()


@app.get("/prices")
async def prices(sku: str):
    session = await run_in_threadpool(opened)
    other = await asyncio.to_thread(functools.partial(requests.Session))
    third = await sync_to_async(requests.Session)()
    session.headers.update({"x-shop": "1"})  # ok: asks nobody
    other.get(f"https://prices/{sku}", timeout=2)  # todo: CONC-001 -- what `partial` wraps is not followed: what it binds would not be seen
    third.get(f"https://prices/{sku}", timeout=2)  # finding: CONC-001
    return session.get(f"https://prices/{sku}", timeout=2)  # finding: CONC-001


@app.get("/files")
async def files(key: str):
    session = await asyncio.to_thread(lambda: boto3.client("s3"))
    url = session.generate_presigned_url("get_object")  # ok: signs without asking anybody
    return url, session.get_object(Bucket="a", Key=key)  # finding: CONC-001


def read(path):
    with open(path) as file:
        return file.read()


@app.get("/text")
async def text(path: str):
    content = await asyncio.to_thread(read, path)
    return content.strip()  # ok: a text is no client


@app.get("/rows")
def rows(form: str):
    return asyncio.run(asyncio.to_thread(Client, "a.toml")).submissions.get_table(form_id=form)  # ok: no coroutine
