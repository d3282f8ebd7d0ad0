from django.db import models


class Crate(models.Model):
    title = models.CharField(max_length=20)


class Sale(models.Model):
    title = models.CharField(max_length=20)
