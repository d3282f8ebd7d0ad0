from django.db import models

from shop.mixins import Tagged


class Order(Tagged, models.Model):
    name = models.TextField()
    text = models.TextField()
    notes = models.TextField()
    total = models.IntegerField()
    paid = models.BooleanField()
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)

    @property
    def label(self):
        return self.name + self.text


class Customer(models.Model):
    name = models.TextField()
    text = models.TextField()
    notes = models.TextField()
    city = models.TextField()
