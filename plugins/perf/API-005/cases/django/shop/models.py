from django.db import models


class Order(models.Model):
    c1 = models.CharField(max_length=90)
    c2 = models.CharField(max_length=90)
    c3 = models.CharField(max_length=90)
    c4 = models.CharField(max_length=90)
    c5 = models.CharField(max_length=90)
    c6 = models.CharField(max_length=90)
    c7 = models.CharField(max_length=90)
    c8 = models.CharField(max_length=90)
    c9 = models.CharField(max_length=90)
    c10 = models.CharField(max_length=90)
    c11 = models.CharField(max_length=90)
    c12 = models.CharField(max_length=90)
    c13 = models.CharField(max_length=90)
    c14 = models.CharField(max_length=90)
    c15 = models.CharField(max_length=90)
    c16 = models.CharField(max_length=90)
    c17 = models.CharField(max_length=90)
    c18 = models.CharField(max_length=90)
    c19 = models.CharField(max_length=90)
    c20 = models.CharField(max_length=90)
    c21 = models.CharField(max_length=90)


class Depot(models.Model):
    name = models.CharField(max_length=90)


class Sale(Order):
    seller = models.CharField(max_length=90)
