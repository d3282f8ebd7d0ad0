from django.db import models


class Parcel(models.Model):
    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE)
    sent_at = models.DateTimeField()
