from celery import Celery
from prometheus_client import Gauge

app = Celery("shop")
SHIPPED = Gauge("shipped", "Shipped")  # finding: OBS-017


@app.task
def ship(number):
    SHIPPED.inc()
