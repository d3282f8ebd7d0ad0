from django.db import models


class LineQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state="open")


class Seller(models.Model):
    name = models.CharField(max_length=40)


class Line(models.Model):
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE)
    state = models.CharField(max_length=40)

    objects = LineQuerySet.as_manager()


class Batch(models.Model):
    code = models.CharField(max_length=40)

    def __str__(self):
        return self.code


class Delivery(models.Model):
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE)
    date = models.DateField()
