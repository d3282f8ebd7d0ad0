from django.contrib.auth.models import User
from django.db import models


class Bookmark(models.Model):
    owner = models.ForeignKey(User, on_delete=models.CASCADE)
    url = models.URLField()


class Payment(models.Model):
    owner = models.ForeignKey(User, on_delete=models.CASCADE)
    amount = models.IntegerField()


class Country(models.Model):
    name = models.CharField(max_length=80)
