import requests
from celery import Celery, shared_task

app = Celery("shop", broker="redis://redis/0")


@app.task(bind=True, max_retries=5)
def charge(self, order):
    try:
        send(order)
    except requests.HTTPError as error:
        raise self.retry(exc=error, countdown=0)  # finding: JOB-003 confidence: high


@shared_task(bind=True, default_retry_delay=0)  # finding: JOB-003 confidence: high
def refund(self, order):
    try:
        send(order)
    except requests.HTTPError as error:
        raise self.retry(exc=error)


@app.task
def notify(order):  # finding: JOB-003 confidence: low
    send(order)


@app.task(bind=True)
def slower(self, order):
    try:
        send(order)
    except requests.HTTPError as error:
        raise self.retry(exc=error, countdown=2**self.request.retries)  # ok: pauses grow; mutate: s/countdown=2**self.request.retries/countdown=0/


@app.task(autoretry_for=(requests.HTTPError,), retry_backoff=True)
def automatic(order):  # ok: tried again with growing pauses; mutate: s/autoretry_for=(requests.HTTPError,), retry_backoff=True/name="automatic"/
    send(order)


@app.task
def counts(orders):  # ok: calls nobody
    return len(orders)


def send(order):
    requests.post("https://pay/", json=order, timeout=5).raise_for_status()
