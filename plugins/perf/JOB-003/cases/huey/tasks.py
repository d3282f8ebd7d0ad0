import requests
from huey import RedisHuey
from huey.contrib.djhuey import db_task

huey = RedisHuey("shop")


@huey.task(retries=3)  # finding: JOB-003 confidence: high
def ship(number):
    requests.post("https://shipping.example/", json={"order": number}, timeout=5)


@huey.task(retries=3, retry_delay=30)  # ok: waits; mutate: s/, retry_delay=30//
def charge(number):
    requests.post("https://payments.example/", json={"order": number}, timeout=5)


@db_task(retries=5)  # finding: JOB-003
def mail(number):
    requests.post("https://mail.example/", json={"order": number}, timeout=5)


@huey.task()  # ok: not tried again by itself; mutate: s/huey.task()/huey.task(retries=2)/
def count(number):
    return number
