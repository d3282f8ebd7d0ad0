import os
from functools import lru_cache

import boto3
from fastapi import FastAPI

app = FastAPI()
client = boto3.client("ssm")


# ok: all that is asked for stands in the environment; mutate: s/read_secret(path)/read_secret(channel)/
@lru_cache(maxsize=None)
def read_secret(key: str):
    return client.get_parameter(Name=key)["Parameter"]["Value"]


@app.post("/messages/{channel}")
def send(channel: str):
    if channel == "text":
        path = os.getenv("TEXT_TOKEN")
    else:
        path = os.getenv("MAIL_TOKEN")
    return len(read_secret(path))


@lru_cache(maxsize=None)  # finding: MEM-004
def read_label(key: str):
    return client.get_parameter(Name=key)["Parameter"]["Value"]


@app.get("/labels/{name}")
def label(name: str):
    return read_label(name)
