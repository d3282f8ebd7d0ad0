import pandas as pd  # ok: the process runs all the time
from fastapi import FastAPI

app = FastAPI()


@app.get("/report")
def report():
    return pd.read_csv("orders.csv").to_csv()


@app.get("/")
def root():
    return {}
