from django.db import models


class Order(models.Model):
    total = models.IntegerField()
    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE)


class Currency(models.Model):
    code = models.CharField(max_length=3)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    open = models.BooleanField()


class DeliveryMethod(models.Model):
    name = models.CharField(max_length=20)


class Stop(models.Model):
    name = models.CharField(max_length=20)
