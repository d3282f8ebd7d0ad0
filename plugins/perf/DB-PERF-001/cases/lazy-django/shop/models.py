from django.db import models


class Stamped(models.Model):
    editor = models.ForeignKey("Customer", on_delete=models.CASCADE, related_name="edited")

    class Meta:
        abstract = True


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Shipped(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("order")


class Order(Stamped):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    tags = models.ManyToManyField("Tag")
    state = models.CharField(max_length=8)

    @property
    def label(self):
        return f"{self.customer.name} {self.state}"

    def address(self):
        return self.customer.name


class Tag(models.Model):
    name = models.CharField(max_length=80)


class Parcel(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    objects = Shipped()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="order_lines")
    product = models.ForeignKey("Product", on_delete=models.CASCADE)


class Product(models.Model):
    name = models.CharField(max_length=80)
