import requests
from celery import Celery

app = Celery("shop", broker="redis://redis/0")
app.conf.beat_schedule = {"every minute": {"task": "tasks.prices", "schedule": 60.0}}


@app.task
def prices():  # ok: comes again by itself; mutate: s/tasks.prices/tasks.other/
    return requests.get("https://prices/", timeout=5).json()
