import requests


def silenced(url):
    # perfctl: allow NET-PERF-004 -- the gateway ends it after two seconds
    return requests.get(url)
