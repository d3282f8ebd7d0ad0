from django.db import models


class Order(models.Model):
    name = models.TextField()
    text = models.TextField()
    notes = models.TextField()
    total = models.IntegerField()
    paid = models.BooleanField()
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)


class Customer(models.Model):
    name = models.TextField()
    text = models.TextField()
    notes = models.TextField()
    city = models.TextField()
