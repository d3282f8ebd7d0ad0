from django.db import models


class OrderEvent(models.Model):  # finding: DB-TYPE-001 confidence: medium
    date = models.DateTimeField(auto_now_add=True)


class Delivery(models.Model):  # ok: its key has 64 bits; mutate: s/id = models.BigAutoField(primary_key=True)/number = models.IntegerField()/
    id = models.BigAutoField(primary_key=True)
    date = models.DateTimeField(auto_now_add=True)


class BaseEvent(models.Model):  # ok: no table; mutate: s/abstract = True/ordering = []/
    date = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
