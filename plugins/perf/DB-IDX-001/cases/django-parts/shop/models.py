from django.db import models
from django_extensions.db.models import TimeStampedModel


class Answer(TimeStampedModel):
    token = models.CharField(max_length=100)  # finding: DB-IDX-001
    text = models.TextField()


class Vote(TimeStampedModel):
    token = models.CharField(max_length=100)  # ok: the index of the day serves; mutate: shop/views.py s/day=day/day__year=2020/
    day = models.DateField(db_index=True)
