import requests
from flask import Flask

app = Flask(__name__)


@app.get("/tax")
def tax():
    return requests.get("https://tax/", timeout=10).json()  # finding: SVC-010


def broken(:
    pass
