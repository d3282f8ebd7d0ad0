from django.db import models


class Product(models.Model):
    name = models.TextField()


class Shop(models.Model):
    name = models.TextField()
