from django.db import models


class Shop(models.Model):
    code = models.CharField(max_length=20)


class Visit(models.Model):
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE)
    note = models.TextField()
