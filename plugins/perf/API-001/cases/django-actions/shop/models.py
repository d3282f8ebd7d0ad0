from django.db import models


class Order(models.Model):
    owner = models.IntegerField()
    open = models.BooleanField()
