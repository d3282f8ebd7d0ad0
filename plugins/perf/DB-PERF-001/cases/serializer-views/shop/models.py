from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class OrderQuerySet(models.QuerySet):
    def open(self):
        return self.filter(shipped=False)


class Order(models.Model):
    objects = OrderQuerySet.as_manager()

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    shipped = models.BooleanField()
