from django.db import models


class Event(models.Model):
    # perfctl: allow DB-IDX-002 -- the table is emptied every night
    created_at = models.DateTimeField(auto_now_add=True)
