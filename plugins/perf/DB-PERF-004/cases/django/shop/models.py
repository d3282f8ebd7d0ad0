from django.db import models


class Order(models.Model):
    note = models.TextField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)


class AuditLog(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
