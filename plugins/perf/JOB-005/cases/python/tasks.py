from celery import shared_task
from django.db import models


class Order(models.Model):
    number = models.IntegerField()


@shared_task
def ship(number):
    pass


@shared_task
def ship_all():
    for order in Order.objects.all():
        ship.delay(order.pk)  # finding: JOB-005 confidence: low


@shared_task
def ship_some(numbers):
    for number in numbers:
        ship.delay(number)  # ok: nothing says how many
