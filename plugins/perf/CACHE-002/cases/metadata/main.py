import requests
from flask import Flask

app = Flask(__name__)
PROJECT = "http://metadata.google.internal/computeMetadata/v1/project/project-id"
TOKEN = "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token"


@app.get("/orders")
def orders():
    project = requests.get(PROJECT, headers={"Metadata-Flavor": "Google"}, timeout=1).text  # finding: CACHE-002 confidence: high
    token = requests.get(TOKEN, headers={"Metadata-Flavor": "Google"}, timeout=1).json()  # ok: ends, and is asked for again on purpose
    return {"project": project, "token": token}
