from dirtyfields import DirtyFieldsMixin
from django.db import models


class Order(DirtyFieldsMixin, models.Model):
    number = models.CharField(max_length=80)
