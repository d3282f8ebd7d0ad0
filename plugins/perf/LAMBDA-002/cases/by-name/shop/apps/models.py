from django.db import models

from shop.apps.keys import put


class Key(models.Model):
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        put(self)
