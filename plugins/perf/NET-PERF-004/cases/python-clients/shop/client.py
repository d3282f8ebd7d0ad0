import urllib.request

import httpx
import requests

SESSION = requests.Session()


def profile(user):
    return requests.get(f"https://accounts.example/{user}").json()  # finding: NET-PERF-004


def orders(user):
    return SESSION.post("https://orders.example", json={"user": user})  # finding: NET-PERF-004


def page(url):
    return urllib.request.urlopen(url).read()  # finding: NET-PERF-004


def stock(sku):
    return requests.get(f"https://stock.example/{sku}", timeout=3).json()  # ok: has a limit; mutate: s/, timeout=3//


def rates():
    return httpx.get("https://rates.example").json()  # ok: httpx waits 5 s unless told otherwise


def lookup(session, key):
    return session.get(key)  # ok: nothing says that this is an HTTP session


def silenced(user):
    # perfctl: allow NET-PERF-004 -- the gateway ends it after two seconds
    return requests.get(f"https://accounts.example/{user}").json()
