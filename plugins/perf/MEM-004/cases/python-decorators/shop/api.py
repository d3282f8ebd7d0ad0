import enum
import functools
from functools import cache, cached_property, lru_cache

from fastapi import FastAPI

app = FastAPI()


class Kind(enum.Enum):
    SMALL = 1
    LARGE = 2


@lru_cache(maxsize=None)  # finding: MEM-004
def profile(user_id: str):
    return {"id": user_id}


@cache  # finding: MEM-004
def address(postcode: str):
    return postcode


@functools.cache  # finding: MEM-004
def page(url: str):
    return url


@lru_cache(maxsize=None)  # ok: no argument, one entry; mutate: s/def settings()/def settings(user_id)/
def settings():
    return {}


@lru_cache  # ok: 128 entries; mutate: s/@lru_cache/@cache/
def total(user_id: str):
    return len(user_id)


@lru_cache(maxsize=4096)  # ok: bounded; mutate: s/maxsize=4096/maxsize=None/
def name(user_id: str):
    return user_id


@lru_cache(maxsize=None)  # ok: few kinds; mutate: s/def layout(kind: Kind, wide: bool)/def layout(user_id: str, wide: bool)/
def layout(kind: Kind, wide: bool):
    return (kind, wide)


class Order:
    def __init__(self, id):
        self.id = id

    @cached_property
    def lines(self):  # ok: goes with the instance
        return [self.id]


@app.get("/profiles/{user_id}")
def show(user_id: str, postcode: str, url: str):
    return [profile(user_id), address(postcode), page(url), settings(), total(user_id), name(user_id), layout(Kind.SMALL, True), Order(user_id).lines]
