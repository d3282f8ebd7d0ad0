from django.db import models
from modelcluster.fields import ParentalKey
from mptt.models import TreeForeignKey
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager


class Bed(models.Model):
    name = models.CharField(max_length=80)
    parent = TreeForeignKey("self", null=True, on_delete=models.CASCADE, related_name="parts")
    tags = TaggableManager()
    history = HistoricalRecords()


class Plant(models.Model):
    bed = ParentalKey(Bed, on_delete=models.CASCADE, related_name="plants")
    name = models.CharField(max_length=80)
