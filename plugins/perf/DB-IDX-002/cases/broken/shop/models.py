from django.db import models


class Event(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)  # finding: DB-IDX-002


class Broken(models.Model:
    text = models.TextField(
