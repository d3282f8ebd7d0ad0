from celery import shared_task
from PIL import Image


@shared_task
def make_sizes(name):
    Image.open(name).resize((64, 64)).save("small.jpg")  # ok: a worker does it
