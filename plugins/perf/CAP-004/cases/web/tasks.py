from celery import Celery

app = Celery("shop", broker="redis://redis/0")


@app.task
def mail(number):
    return number
