import urllib.request

import httpx
import requests

shared = httpx.Client(http2=True)


class Stats:
    def __init__(self, url):
        self.url = url

    def summary(self):
        return self.load({"kind": "summary"})

    def load(self, query):
        return requests.post(self.url, json=query, timeout=60).json()  # finding: NET-PERF-001


def price(sku):
    return shared.get(f"https://prices.example/{sku}").json()  # finding: NET-PERF-001


def page(url):
    return urllib.request.urlopen(url, timeout=2).read()  # finding: NET-PERF-001


def offloaded(sku):
    return shared.get(f"https://prices.example/{sku}").json()  # finding: NET-PERF-001 confidence: low
