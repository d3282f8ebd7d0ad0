from django.db import models


class Letter(models.Model):
    title = models.CharField(max_length=80)
    is_read = models.BooleanField(default=False)


class Stamp(models.Model):
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE)
    day = models.DateField()
    is_paid = models.BooleanField(default=False)

    class Meta:
        unique_together = ("letter", "day")
