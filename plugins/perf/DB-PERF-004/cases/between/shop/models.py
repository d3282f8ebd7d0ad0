from django.db import models


class Order(models.Model):
    note = models.TextField()
    email = models.EmailField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)


class Parcel(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    label = models.TextField()
