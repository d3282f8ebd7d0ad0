from django.conf import settings
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    # Columns whose names hold the word are no managers.
    area_manager = models.CharField(max_length=80)
    managers_note = models.TextField()


class Parcel(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    sender = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    payer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")


class Letter(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)


class Award(models.Model):
    year = models.IntegerField()
    giver = models.ForeignKey(Customer, on_delete=models.CASCADE)
