import functools
import os
from functools import wraps
from urllib.request import urlopen

import httpx
import requests
from flask import Flask, request
from jose import jwt

DOMAIN = os.environ["DOMAIN"]
JWKS_URL = f"https://{DOMAIN}/.well-known/jwks.json"
app = Flask(__name__)


def verify(token):
    keys = requests.get(JWKS_URL, timeout=2).json()  # finding: CACHE-002 confidence: high
    return jwt.decode(token, keys)


def requires_user(handler):
    @wraps(handler)
    def checked(*args, **kwargs):
        # Put around the handlers, where a request is there to read.
        keys = urlopen(f"https://{DOMAIN}/.well-known/openid-configuration")  # finding: CACHE-002 confidence: high
        return handler(*args, user=jwt.decode(request.headers["Authorization"], keys), **kwargs)

    return checked


def verify_for(issuer, token):
    keys = httpx.get(f"{issuer}/.well-known/jwks.json").json()  # finding: CACHE-002 confidence: medium
    return jwt.decode(token, keys)


@functools.lru_cache(maxsize=1)
def kept_keys():
    return requests.get(JWKS_URL, timeout=2).json()  # ok: kept by the decorator; mutate: s/@functools.lru_cache(maxsize=1)\n//


def fetch_keys():
    return requests.get(JWKS_URL, timeout=2).json()  # ok: kept by the region; mutate: s/region.get_or_create("keys", fetch_keys)/fetch_keys()/


def region_keys():
    return region.get_or_create("keys", fetch_keys)


@app.get("/orders")
@requires_user
def orders(user):
    return verify(request.headers["Authorization"]) or verify_for(request.args["issuer"], "token") or kept_keys() or region_keys()


@app.get("/health")
def health():
    return requests.get("https://stock/health", timeout=2).text  # ok: an answer that may change at any time


@app.post("/tokens")
def tokens():
    return requests.post(f"https://{DOMAIN}/oauth/token", json={"code": request.args["code"]}, timeout=2).json()  # ok: sends something
