from django.db import models


class Level(models.Model):
    name = models.TextField()
    order = models.IntegerField()


class Customer(models.Model):
    level = models.ForeignKey(Level, on_delete=models.CASCADE)
