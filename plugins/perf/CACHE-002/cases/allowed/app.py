import requests
from flask import Flask

app = Flask(__name__)


@app.get("/keys")
def keys():
    # perfctl: allow CACHE-002 -- shows what the other side says right now
    return requests.get("https://login.example.org/.well-known/jwks.json", timeout=2).json()
