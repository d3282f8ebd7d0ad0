import urllib.request

import requests


def rates():
    return requests.get("https://rates.example/today.json").json()  # finding: NET-PERF-004 confidence: high


def table(path):
    urllib.request.urlretrieve("https://rates.example/table.csv", path)  # finding: NET-PERF-004 confidence: high


def archive(path):
    urllib.request.urlretrieve("https://rates.example/archive.zip", path)  # ok: somebody runs it by hand and waits; mutate: deploy/jobs.tf s/# command = "manage.py load_archive"/command = "manage.py load_archive"/
