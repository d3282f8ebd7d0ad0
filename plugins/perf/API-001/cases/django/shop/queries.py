from django.db.models import QuerySet
from django.http import HttpResponse

from shop.models import Order


def listed(orders: QuerySet):
    return list(orders.values("id"))


def of_all():
    return Order.objects.order_by("id")


def close(rows):
    for row in rows:
        row.open = False
        row.save()
    return HttpResponse(status=204)
