from django.db import models


class Country(models.Model):
    name = models.CharField(max_length=80)


class Language(models.Model):
    name = models.CharField(max_length=80)


class Branch(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    name = models.CharField(max_length=80)
