import atexit
from collections import deque

from fastapi import FastAPI
from flask import Blueprint

app = FastAPI()
routes = Blueprint("shop", __name__)
SEEN = []
RECENT = []
DRAINED = []
HANDLERS = []
LAST = deque(maxlen=100)
NAMES: list[str] = []


@app.post("/orders")
def order(data: dict):
    SEEN.append(data)  # finding: MEM-005 confidence: medium
    RECENT.append(data)  # ok: bounded; mutate: s/if len(RECENT) > 100:\n        RECENT.pop(0)/print(RECENT)/
    if len(RECENT) > 100:
        RECENT.pop(0)
    LAST.append(data)  # ok: bounded where it is made
    DRAINED.append(data)  # ok: taken out elsewhere; mutate: worker.py s/app.DRAINED.pop()/print(app)/ worker.py s/DRAINED.clear()/pass/
    if data["name"] not in NAMES:
        NAMES.append(data["name"])  # ok: once per name


@routes.post("/returns")
def back(data):
    SEEN_AGAIN.insert(0, data)  # finding: MEM-005


SEEN_AGAIN = []


@app.post("/close")
def close(data: dict):
    atexit.register(print, data)  # finding: MEM-005


def client():
    global CLIENT
    if CLIENT is None:
        CLIENT = object()
        atexit.register(print, CLIENT)  # ok: once; mutate: s/    global CLIENT\n//
    return CLIENT


CLIENT = None


@app.get("/client")
def show():
    return str(client())


def register(handler):
    HANDLERS.append(handler)  # ok: no request does it
