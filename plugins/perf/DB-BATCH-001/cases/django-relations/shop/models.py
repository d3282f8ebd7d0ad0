from django.db import models


class Tag(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    tags = models.ManyToManyField(Tag, related_name="orders")
    state = models.CharField(max_length=8)
