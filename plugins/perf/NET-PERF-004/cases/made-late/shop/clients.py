from functools import partial

import requests

_kept = None
_unbounded = None


async def limited():
    session = requests.Session()
    session.request = partial(session.request, timeout=5)
    return session


async def unlimited():
    return requests.Session()


class Orders:
    def __init__(self):
        self.client = None

    async def all(self):
        if self.client is None:
            self.client = await limited()
        return self.client.get("https://orders")  # ok: what is kept has a limit; mutate: s/self.client = await limited()/self.client = await unlimited()/


class Stock:
    client = None

    @classmethod
    async def all(cls):
        if cls.client is None:
            cls.client = await limited()
        return cls.client.get("https://stock")  # ok: the same for a class


async def kept():
    global _kept
    if _kept is None:
        _kept = await limited()
    return _kept.get("https://kept")  # ok: the same for a module; mutate: s/_kept = await limited()/_kept = await unlimited()/


async def unbounded():
    global _unbounded
    if _unbounded is None:
        _unbounded = await unlimited()
    return _unbounded.get("https://unbounded")  # finding: NET-PERF-004


async def passed_on():
    return await limited()


async def through_two():
    session = await passed_on()
    return session.get("https://two")  # ok: a factory behind a factory; mutate: s/return await limited()/return await unlimited()/
