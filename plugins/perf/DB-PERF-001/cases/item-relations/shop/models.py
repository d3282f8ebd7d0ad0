from django.db import models


class LineQuerySet(models.QuerySet):
    def open(self):
        return self.filter(open=True)

    def add(self, code):
        return self.create(code=code)


class Order(models.Model):
    code = models.CharField(max_length=20)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    open = models.BooleanField()
    code = models.CharField(max_length=20)
    objects = LineQuerySet.as_manager()
