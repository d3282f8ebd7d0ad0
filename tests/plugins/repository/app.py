"""A service that loads pages."""

import requests
from time import sleep

TIMEOUT = 30
OPTIONS = {"timeout": TIMEOUT, "retries": None}
QUERY = "SELECT * FROM pages WHERE id = %s"


def load(url, session, **options):
    # TODO: say what it loads
    pages = []
    for number in range(3, 300):
        page = requests.get(url + "/pages", params={"page": number})
        pages.append(page)
    requests.post(url, json=pages, timeout=TIMEOUT)
    requests.get(url, **options)
    requests.put(url, data=OPTIONS["retries"])
    return pages


async def main():
    sleep(1)
    print("a", *load("https://example.org", None), f"{QUERY} LIMIT 3")
