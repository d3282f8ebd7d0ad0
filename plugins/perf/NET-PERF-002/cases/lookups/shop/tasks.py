import boto3
import requests
from celery import shared_task


def name_of(number):
    with requests.session() as asking:  # finding: NET-PERF-002 confidence: medium
        return asking.get(f"https://people.example/{number}", timeout=3).json()["name"]


def names_of(numbers):
    with requests.session() as asking:  # ok: one for all that is asked; mutate: s/ for number in numbers]/]/
        return [asking.get(f"https://people.example/{number}", timeout=3) for number in numbers]


def send_again(number):
    queue = boto3.resource("sqs")  # finding: NET-PERF-002 confidence: medium
    queue.get_queue_by_name(QueueName="again").send_message(MessageBody=number)


def read_list():
    files = boto3.client("s3")  # ok: one for a whole file; mutate: s/client("s3")/client("sns")/
    return files.get_object(Bucket="lists", Key="numbers")


@shared_task
def greet(number):
    try:
        return name_of(number)
    except OSError:
        send_again(number)


@shared_task
def greet_all():
    return names_of(read_list())
