import functools

import aiohttp
import httpx
import requests
import urllib3
from requests.adapters import HTTPAdapter


class TimeoutAdapter(HTTPAdapter):
    def send(self, request, **options):
        options.setdefault("timeout", 5)
        return super().send(request, **options)


class Patient(HTTPAdapter):
    def __init__(self, *args, timeout=5, **options):
        self.timeout = timeout
        super().__init__(*args, **options)

    def send(self, request, **options):
        options["timeout"] = options.get("timeout") or self.timeout
        return super().send(request, **options)


class TimeoutSession(requests.Session):
    def request(self, method, url, **options):
        options.setdefault("timeout", 5)
        return super().request(method, url, **options)


adapted = requests.Session()
adapted.mount("https://", TimeoutAdapter())

patient = requests.Session()
patient.mount("https://", Patient())

bound = requests.Session()
bound.request = functools.partial(bound.request, timeout=5)

own = TimeoutSession()
pool = urllib3.PoolManager(timeout=3.0)
bare = urllib3.PoolManager()


def through_an_adapter(url):
    return adapted.get(url)  # ok: the adapter sets a limit; mutate: s/adapted.mount("https:\/\/", TimeoutAdapter())//


def through_an_adapter_of_another_name(url):
    return patient.get(url)  # ok: the adapter sets a limit; mutate: s/patient.mount("https:\/\/", Patient())/patient.mount("https:\/\/", HTTPAdapter())/


def through_a_partial(url):
    return bound.get(url)  # ok: bound with a limit; mutate: s/bound.request = functools.partial(bound.request, timeout=5)//


def through_a_subclass(url):
    return own.get(url)  # ok: the class sets a limit; mutate: s/own = TimeoutSession()/own = requests.Session()/


def through_a_pool(url):
    return pool.request("GET", url)  # ok: the pool has a limit; mutate: s/PoolManager(timeout=3.0)/PoolManager()/


def through_a_bare_pool(url):
    return bare.request("GET", url)  # finding: NET-PERF-004


def in_a_block(url):
    with requests.Session() as session:
        return session.get(url)  # finding: NET-PERF-004


def without_end(url):
    return httpx.get(url, timeout=None)  # finding: NET-PERF-004


def client_without_end(url):
    client = httpx.Client(timeout=None)  # finding: NET-PERF-004
    return client.get(url)  # ok: reported where the client is made


async def through_aiohttp(url):
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as answer:  # ok: five minutes in total unless told otherwise; mutate: s/session.get(url)/session.get(url, timeout=None)/
            return await answer.text()
