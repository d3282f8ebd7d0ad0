from django.contrib.gis.db import models
from django_extensions.db.models import TimeStampedModel
from model_utils.models import UUIDModel
from mptt.models import MPTTModel


class Shop(models.Model):
    code = models.CharField(max_length=20)
    place = models.PointField()


class Visit(TimeStampedModel):
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE)


class Badge(UUIDModel):
    code = models.CharField(max_length=20)


class Shelf(MPTTModel):
    code = models.CharField(max_length=20)
