from fastapi import FastAPI
from pymongo import MongoClient

app = FastAPI()
db = MongoClient("mongodb://db").shop


@app.get("/skus")
def skus():
    return [product["sku"] for product in db.products.find({"sold": True})]  # finding: DB-PERF-003


def half(:
    return
