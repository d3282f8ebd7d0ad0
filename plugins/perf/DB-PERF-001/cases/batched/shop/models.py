from django.db import models


class Product(models.Model):
    name = models.TextField()


class OrderLine(models.Model):
    product_id = models.IntegerField()
