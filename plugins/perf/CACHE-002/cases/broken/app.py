import requests
from flask import Flask

app = Flask(__name__)


@app.get("/keys")
def keys():
    return requests.get("https://login.example.org/.well-known/jwks.json", timeout=2).json()  # finding: CACHE-002


def other(:
    pass
