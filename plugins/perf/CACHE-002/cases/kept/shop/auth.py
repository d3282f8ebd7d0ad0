import time

import requests
from django.core.cache import cache
from fastapi import Depends, FastAPI, Request

app = FastAPI()
JWKS_URL = "https://login.example.org/.well-known/jwks.json"
keys = None
kept = {}


def by_name():
    global keys
    if keys is None:
        keys = requests.get(JWKS_URL, timeout=2).json()  # ok: kept in the module; mutate: s/global keys/keys = None/
    return keys


def by_entry():
    if "keys" not in kept or kept["at"] < time.time() - 3600:
        kept["keys"] = requests.get(JWKS_URL, timeout=2).json()  # ok: kept in a dictionary of the module
        kept["at"] = time.time()
    return kept["keys"]


def by_cache():
    found = cache.get("keys")
    if found is None:
        found = requests.get(JWKS_URL, timeout=2).json()  # ok: kept in Django's cache
        cache.set("keys", found, 3600)
    return found


def fetch():
    return requests.get(JWKS_URL, timeout=2).json()  # ok: kept by the one who asks; mutate: s/request.app.state.keys = fetch()/return fetch()/


def on_application(request: Request):
    if not hasattr(request.app.state, "keys"):
        request.app.state.keys = fetch()
    return request.app.state.keys


@app.get("/orders")
def orders(keys=Depends(on_application)):
    return keys


@app.get("/stock")
def stock():
    return by_name()


@app.get("/users")
def users():
    return by_entry(), by_cache()


first = requests.get(JWKS_URL, timeout=2).json()  # ok: once, at the start
