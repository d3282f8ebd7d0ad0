from django.db import models


class Order(models.Model):
    note = models.TextField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)


class AuditLog(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)


class Blog(models.Model):
    name = models.TextField()


class BlogTag(models.Model):
    blog = models.ForeignKey(Blog, on_delete=models.CASCADE)


class Station(models.Model):
    name = models.TextField()


class Sensor(models.Model):
    station = models.ForeignKey(Station, on_delete=models.CASCADE)
