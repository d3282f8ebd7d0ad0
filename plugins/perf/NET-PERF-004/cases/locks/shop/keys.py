import asyncio

import redis
import requests

store = redis.Redis()


class Keys:
    def __init__(self):
        self.session = requests.Session()

    def rotate(self, base):
        with store.lock("rotate", timeout=60):
            return self.session.post(f"{base}/keys")  # finding: NET-PERF-004

    def read(self, base):
        with deadline(5):
            return self.session.get(f"{base}/keys")  # ok: the block ends after five seconds; mutate: s/deadline(5)/store.lock("read")/


def deadline(seconds):
    return asyncio.timeout(seconds)


def poll(session):
    session.headers.update({"x-timeout": "5"})


def news():
    session = requests.Session()
    return session.get("https://news.example/all")  # finding: NET-PERF-004


def abort(session):
    session.mount("https://", TimeoutAdapter())
    return session.get("https://news.example/all", timeout=3)
