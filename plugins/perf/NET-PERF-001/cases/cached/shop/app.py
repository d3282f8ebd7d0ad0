from functools import lru_cache

import requests
from flask import Flask

app = Flask(__name__)
_keys = None


@lru_cache
def metadata():
    return requests.get("http://metadata.example/project-id", timeout=1).text  # finding: NET-PERF-001 confidence: low


def keys():
    global _keys
    if _keys is None:
        _keys = requests.get("https://login.example/jwks.json", timeout=3).json()  # finding: NET-PERF-001 confidence: low
    return _keys


@app.route("/me")
def me():
    return {"keys": keys(), "project": metadata()}
