from django.db import models


class SiteSetting(models.Model):
    host = models.TextField()
    theme = models.TextField()


class Customer(models.Model):
    email = models.TextField()
    name = models.TextField()
