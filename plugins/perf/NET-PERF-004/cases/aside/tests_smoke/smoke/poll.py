import requests


def is_up(address):
    return requests.get(address).ok  # ok: a client of a smoke test
