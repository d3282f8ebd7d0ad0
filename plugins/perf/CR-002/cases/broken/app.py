import requests
from flask import Flask

app = Flask(__name__)


@app.route("/health")
def health():
    return requests.get("https://stock/health", timeout=5).json()  # finding: CR-002


def broken(:
