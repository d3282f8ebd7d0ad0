from django.db import models


class LineQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed=None)


class LineManager(models.Manager):
    def get_queryset(self):
        return LineQuerySet(self.model, using=self._db)

    def open(self):
        return self.get_queryset().open()


class Product(models.Model):
    name = models.CharField(max_length=50)


class Order(models.Model):
    number = models.CharField(max_length=20)


class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    closed = models.DateField(null=True)
    objects = LineManager()
