import os

import requests
from flask import Flask, request
from requests_oauthlib import OAuth2Session

app = Flask(__name__)
REGION = os.environ.get("REGION", "eu-central-1")
POOL = os.environ.get("POOL", "")


def keys():
    url = f"https://login.{REGION}.example/{POOL}/jwks.json"
    return requests.get(url, timeout=3).json()["keys"]  # finding: NET-PERF-001 confidence: high


@app.route("/me")
def me():
    return {"keys": keys()}


@app.route("/project")
def project():
    answer = requests.get(  # finding: NET-PERF-001
        "http://metadata.example/project-id",
        headers={"Metadata-Flavor": "x"},
        timeout=1,
    )
    return {"project": answer.text, "name": request.args.get("name")}


@app.route("/search")
def search():
    word = request.args.get("q")
    return requests.get(f"https://search.example/?q={word}", timeout=2).json()  # finding: NET-PERF-001 confidence: low


@app.route("/login")
def login():
    session = OAuth2Session("shop", token=request.args["token"])
    return session.get("https://accounts.example/userinfo", timeout=3).json()  # finding: NET-PERF-001 confidence: low


@app.route("/terms")
def terms():
    session = requests.Session()
    return session.get("https://accounts.example/terms", timeout=3).json()  # finding: NET-PERF-001 confidence: high
