import requests


def before(url):
    return requests.get(url)  # finding: NET-PERF-004


def unfinished(:
    pass


def after(url):
    return requests.get(url)  # finding: NET-PERF-004
