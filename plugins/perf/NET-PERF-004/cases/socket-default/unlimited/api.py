from urllib.request import urlopen

from fastapi import FastAPI

app = FastAPI()


@app.get("/stock")
def stock():
    return urlopen("https://stock.shop/all").read()  # finding: NET-PERF-004
