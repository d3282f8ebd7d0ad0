from urllib.request import urlopen

from fastapi import FastAPI

app = FastAPI()


@app.get("/stock")
def stock():
    return urlopen("https://stock.shop/all").read()  # ok: the default of all sockets; mutate: limited/setup_sockets.py s/(5)/(None)/
