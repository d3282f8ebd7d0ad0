from contextvars import ContextVar
from threading import Lock

from cachetools import TTLCache, cached
from fastapi import FastAPI

app = FastAPI()
answers = TTLCache(100, 60)
guarded = TTLCache(100, 60)
shared = Lock()


class Basket:
    def __init__(self):
        self.items = set()

    def put(self, item):
        self.items.add(item)


class Limits:
    def __init__(self):
        self.most = 3


basket = ContextVar("basket", default=Basket())  # finding: CONC-004
notes = ContextVar("notes", default=[])  # finding: CONC-004
limits = ContextVar("limits", default=Limits())  # ok: nothing changes it
names = ContextVar("names", default=[])  # ok: each request sets its own; mutate: s/names.se/names.ge/
user = ContextVar("user", default=None)  # ok: nothing is shared


@app.get("/add")
def add(item: str):
    names.set([])
    names.get().append(item)
    basket.get().put(item)
    notes.get().append(item)
    return len(notes.get()), limits.get().most, user.get()


@cached(answers, lock=Lock())
def price(number):
    return number


@cached(answers, lock=Lock())  # finding: CONC-004
def stock(number):
    return number


@cached(guarded, lock=shared)
def weight(number):
    return number


@cached(guarded, lock=shared)  # ok: one lock for both; mutate: s/lock=shared/lock=Lock()/
def height(number):
    return number
