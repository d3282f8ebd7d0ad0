from django.db import models


class Order(models.Model):
    total = models.IntegerField()
    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE)


class Currency(models.Model):
    code = models.CharField(max_length=3)
