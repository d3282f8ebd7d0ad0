import requests

DEFAULTS = {"headers": {"accept": "application/json"}}
LIMITED = {"timeout": 3}


def call(method, url, **options):
    return requests.request(method, url, **options)  # ok: its callers choose


def plain(url):
    return requests.get(url, **DEFAULTS)  # finding: NET-PERF-004


def limited(url):
    return requests.get(url, **LIMITED)  # ok: the options hold a limit; mutate: s/LIMITED = {"timeout": 3}/LIMITED = {}/
