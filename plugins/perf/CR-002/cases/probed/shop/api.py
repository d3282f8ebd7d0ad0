import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/prices")
def prices():
    return requests.get("https://prices/all", timeout=2).json()  # finding: CR-002 confidence: medium


@app.get("/stock")
def stock():
    return requests.get("https://stock/all", timeout=2).json()  # ok: nothing probes it; mutate: infra/api.tf s/\/prices/\/stock/
