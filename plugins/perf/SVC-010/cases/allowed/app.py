import requests
from flask import Flask

app = Flask(__name__)


@app.get("/tax")
def tax():
    # perfctl: allow SVC-010 -- the office needs up to 8 s, two users a day
    return requests.get("https://tax/", timeout=10).json()
