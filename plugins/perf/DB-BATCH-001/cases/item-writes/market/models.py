from django.db import models


class CrateQuerySet(models.QuerySet):
    def full(self):
        return self.filter(count__gt=9)


class Crate(models.Model):
    count = models.IntegerField()
    objects = models.Manager.from_queryset(CrateQuerySet)()


class Cart(models.Model):
    state = models.CharField(max_length=9)
    objects = CrateQuerySet.as_manager()

    def save(self, *args, **kwargs):
        self.full_clean()
        super().save(*args, **kwargs)
