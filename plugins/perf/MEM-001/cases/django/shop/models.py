from django.db import models


class Customer(models.Model):
    name = models.TextField()


class Country(models.Model):
    code = models.TextField()


class Order(models.Model):
    due = models.DateField()
    total = models.IntegerField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
