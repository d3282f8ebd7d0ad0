from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    shipped = models.BooleanField()

    def __str__(self):
        return f"order of {self.customer.name}"

    def payload(self):
        from shop.serializers import OrderSerializer

        return OrderSerializer(self).data


class Parcel(models.Model):
    number = models.CharField(max_length=80)
    order = models.ForeignKey(Order, on_delete=models.CASCADE)

    def __str__(self):
        return self.number
