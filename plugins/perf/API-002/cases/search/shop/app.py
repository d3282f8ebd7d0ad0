from elasticsearch import Elasticsearch
from elasticsearch_dsl import Search
from fastapi import FastAPI, Query

app = FastAPI()
client = Elasticsearch("http://search.internal:9200")


@app.get("/orders")
def orders(text: str, size: int = 20):  # finding: API-002
    return Search(using=client, index="orders").query("match", text=text).extra(size=size).execute().to_dict()


@app.get("/customers")
def customers(text: str, size: int = 20):  # finding: API-002
    return client.search(index="customers", q=text, size=size)


@app.get("/parcels")
def parcels(text: str, size: int = Query(20, le=100)):  # ok: bounded; mutate: s/Query(20, le=100)/20/
    return Search(using=client, index="parcels").query("match", text=text).extra(size=size).execute().to_dict()


@app.get("/boxes")
def boxes(size: int = 20):  # ok: no number of hits
    return shelf(label="boxes").extra(size=size)
