import httpx
import requests
from flask import Flask

app = Flask(__name__)


@app.get("/prices")
def prices():
    # finding: NET-PERF-004
    all_of_them = requests.get(
        "https://prices.internal/all",
        headers={
            "Accept": "application/json",
        },
    )
    return all_of_them.json() + httpx.get("https://prices.internal/new", timeout=None).json()  # finding: NET-PERF-004
