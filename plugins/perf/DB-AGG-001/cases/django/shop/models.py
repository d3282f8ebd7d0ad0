from django.db import models


class Order(models.Model):
    total = models.IntegerField()
    state = models.TextField()

    @property
    def tax(self):
        return self.total * 0.19
