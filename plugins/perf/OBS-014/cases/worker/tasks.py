from celery import Celery

app = Celery("shop")


@app.task
def ship(number):
    return number
