import boto3
import httpx
from celery import shared_task


def price_of(number):
    with httpx.Client() as client:  # finding: NET-PERF-002 confidence: medium
        answer = client.get("https://prices.example/", params={"number": number})
        client.post("https://audit.example/", json={"number": number})
    return answer.json()


@shared_task
def refresh(numbers):
    return [price_of(number) for number in numbers]


@shared_task
def copy(names):
    for name in names:
        store = boto3.client("s3")  # finding: NET-PERF-002 confidence: medium
        store.copy_object(Bucket="kept", Key=name, CopySource=name)


@shared_task
def copy_all(names):
    store = boto3.client("s3")  # ok: one for the whole task
    for name in names:
        store.copy_object(Bucket="kept", Key=name, CopySource=name)


@shared_task
def copy_regions(regions):
    for region in regions:
        store = boto3.client("s3", region_name=region)  # ok: each item has its own; mutate: s/, region_name=region//
        store.list_buckets()


class Messenger:
    def __init__(self, name):
        self.name = name
        self.client = httpx.Client()  # ok: the object keeps it, and who keeps that is not seen


def messengers(names):
    return {name: Messenger(name) for name in names}
