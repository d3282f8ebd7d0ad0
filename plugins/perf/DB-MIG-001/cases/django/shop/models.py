from django.db import models


class Order(models.Model):
    number = models.IntegerField()
    note = models.TextField()  # finding: DB-MIG-001 confidence: medium
    customer = models.ForeignKey("Customer", on_delete=models.CASCADE)  # ok: a migration adds it


class Base(models.Model):
    created = models.DateTimeField()  # ok: no table

    class Meta:
        abstract = True


class Customer(models.Model):
    title = models.TextField()  # ok: the first migration makes it; mutate: shop/migrations/0001_initial.py s|"title"|"heading"|
