from django.db import models


class Letter(models.Model):
    title = models.CharField(max_length=80)
    is_read = models.BooleanField(default=False)
