import httpx
from celery import shared_task


@shared_task
def sync():
    with httpx.Client() as client:  # ok: one client per run of a worker
        for number in range(100):
            client.get(f"https://orders.example/{number}")
