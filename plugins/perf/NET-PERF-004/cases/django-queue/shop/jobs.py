import requests
from django.core.management.base import BaseCommand
from django_q.tasks import AsyncTask, Chain


def build_index(owner):
    requests.delete("https://index/build", json={"owner": owner})  # finding: NET-PERF-004


def add_places(owner):
    requests.post("https://places/", json={"owner": owner})  # finding: NET-PERF-004


def start(owner):
    AsyncTask(build_index, owner).run()
    chain = Chain()
    chain.append(add_places, owner)
    chain.run()
