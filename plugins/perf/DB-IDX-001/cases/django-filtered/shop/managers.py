from django.db import models
from django.utils import timezone


class EventQuerySet(models.QuerySet):
    def coming(self):
        return self.filter(starts_on__gte=timezone.now())

    def running(self):
        return self.filter(ends_on__gte=timezone.now())


class PublishedManager(models.Manager.from_queryset(EventQuerySet)):
    pass
