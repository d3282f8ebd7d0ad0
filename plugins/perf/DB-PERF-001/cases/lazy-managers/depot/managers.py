from django.db import models
from softdeletion.managers import SoftManager


class CrateQuerySet(models.QuerySet):
    def sealed(self):
        return self.filter(sealed=True)

    def heavy(self, limit):
        rows = self.sealed()
        rows = rows.filter(weight__gte=limit)
        return rows.order_by("weight")

    def with_shelf(self):
        return self.select_related("shelf")

    def labels(self):
        return self.values_list("label", flat=True)


class SealedManager(models.Manager.from_queryset(CrateQuerySet)):
    def get_queryset(self):
        return super().get_queryset().sealed()


class FullManager(models.Manager.from_queryset(CrateQuerySet)):
    def get_queryset(self):
        return super().get_queryset().with_shelf()


class CrateManager(SoftManager):
    def due(self, day):
        return self.filter(day=day).distinct()
