import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/fulfillment")
def fulfillment():
    fulfillments = requests.get("https://stock/parcels", timeout=10)  # finding: SVC-010 confidence: medium
    return fulfillments.json()


@app.get("/contest")
def contest():
    return requests.get("https://contests/", timeout=10).json()  # finding: SVC-010 confidence: medium


@app.get("/answer")
def answer(text: str):
    llm_url = "https://models/"
    return requests.post(llm_url + "answer", json=text, timeout=10).json()  # ok: a model takes its time; mutate: s/llm_url =/enrollments_url =/ s/post(llm_url/post(enrollments_url/


@app.get("/exports")
def exported():
    return requests.get("https://files/exports", timeout=10).json()  # ok: so does a file; mutate: s/exports"/important"/ s/def exported/def shown/
