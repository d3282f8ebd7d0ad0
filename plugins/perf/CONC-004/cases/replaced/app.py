import threading

import httpx
from flask import Flask
from flask.views import MethodView
from pymongo import MongoClient

app = Flask(__name__)


class Rates:
    def __init__(self):
        self.client = httpx.Client()

    def again(self):
        try:
            self.client.close()
        except RuntimeError:
            pass
        self.client = httpx.Client()  # finding: CONC-004 confidence: medium

    def get(self):
        self.again()
        return self.client.get("https://rates.example", timeout=2).json()


class Locked:
    def __init__(self):
        self.lock = threading.Lock()
        self.client = httpx.Client()

    def again(self):
        with self.lock:
            self.client.close()
            self.client = httpx.Client()  # ok: one at a time; mutate: s/with self.lock:/with open("a"):/

    def get(self):
        self.again()
        return self.client.get("https://rates.example", timeout=2).json()


class Lazily:
    client = None

    def get(self):
        if self.client is None:
            self.client = httpx.Client()  # ok: made where there is none; mutate: s/if self.client is None:/with open("b"):/
        return self.client.get("https://rates.example", timeout=2).json()

    def end(self):
        self.client.close()


class Store:
    def connect(self):
        self.client = MongoClient("mongodb://shop")  # finding: CONC-004 confidence: medium
        return self.client.shop

    def close(self):
        self.client.close()


class Own(MethodView):
    def get(self):
        self.client = httpx.Client()  # ok: the framework makes a view per request
        answer = self.client.get("https://rates.example", timeout=2).json()
        self.client.close()
        return answer


class Short:
    def __init__(self, name):
        self.name = name

    def ask(self):
        self.client = httpx.Client()  # ok: each request makes its own object; mutate: s/Short("a").ask()/SHORT.ask()/
        answer = self.client.get("https://rates.example", timeout=2).json()
        self.client.close()
        return answer


rates, locked, lazily, store = Rates(), Locked(), Lazily(), Store()
SHORT = Short("b")


@app.get("/rates")
def show():
    short = Short("a").ask()
    return [rates.get(), locked.get(), lazily.get(), short, store.connect().orders.find_one(), store.close()]


app.add_url_rule("/own", view_func=Own.as_view("own"))
