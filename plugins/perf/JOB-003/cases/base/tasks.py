import requests
from celery import Celery, Task

app = Celery("shop", broker="redis://redis/0")


class Patient(Task):
    autoretry_for = (requests.HTTPError,)
    retry_backoff = True


@app.task(base=Patient)
def notify(order):  # ok: its base tries again
    requests.post("https://mail/", json=order, timeout=5).raise_for_status()
