from django.db import models
from django.http import JsonResponse
from django.urls import path


class Order(models.Model):
    note = models.TextField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)


def place(request):
    order = Order.objects.create(note="x")
    Line.objects.create(order=order)  # ok: each request is a transaction; mutate: shop/settings.py s/True/False/
    return JsonResponse({})


urlpatterns = [path("place", place)]
