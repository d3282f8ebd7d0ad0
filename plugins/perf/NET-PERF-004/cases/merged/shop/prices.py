import requests

UNLIMITED = {"timeout": None}
LIMITED = {"timeout": 3}

OVER = {**UNLIMITED, "timeout": 5}
UNDER = {"timeout": 5, **UNLIMITED}


def fresh(url):
    return requests.get(url, **OVER)  # ok: the last entry counts


def stale(url):
    return requests.get(url, **UNDER)  # finding: NET-PERF-004


def renewed(url):
    return requests.get(url, **{"timeout": None, **LIMITED})  # ok: the last entry counts
