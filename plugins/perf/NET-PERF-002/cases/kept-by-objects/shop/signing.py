from functools import cached_property

import requests
from fastapi import FastAPI

app = FastAPI()


class Signer:
    def __init__(self, key):
        self.key = key

    @cached_property
    def session(self):
        session = requests.Session()  # finding: NET-PERF-002
        session.headers["X-Key"] = self.key
        return session

    def sign(self, text):
        return self.session.post("https://sign.example/", data=text, timeout=3).text


class Prices:
    def __init__(self, key):
        self.key = key

    @cached_property
    def session(self):
        return requests.Session()  # ok: the module keeps the object

    def of(self, number):
        return self.session.get(f"https://prices.example/{number}", timeout=3).json()


PRICES = Prices("key")


@app.get("/orders/{number}")
def order(number: str):
    return {"price": PRICES.of(number), "signature": Signer("key").sign(number)}
