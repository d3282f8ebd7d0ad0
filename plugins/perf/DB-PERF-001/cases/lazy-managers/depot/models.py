from django.db import models

from depot.base import Record
from depot.managers import CrateManager, CrateQuerySet, FullManager, SealedManager


class Hall(Record):
    name = models.CharField(max_length=80)


class Shelf(Record):
    hall = models.ForeignKey("Hall", on_delete=models.CASCADE)
    name = models.CharField(max_length=80)


class Crate(Record):
    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE, related_name="%(class)s_set")
    label = models.CharField(max_length=80)

    objects = CrateManager(CrateQuerySet)
    sealed_ones = SealedManager()
    full_ones = FullManager()


class Item(Record):
    crate = models.ForeignKey(Crate, on_delete=models.CASCADE, related_name="items")
    owner = models.ForeignKey(Hall, null=True, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
