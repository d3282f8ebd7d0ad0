from django.db.models import QuerySet
from django.http import HttpResponse

from shop.models import Line, Order


def listed(orders: QuerySet):
    return list(orders.values("id"))


def of_all():
    return Order.objects.order_by("id")


def close(rows):
    for row in rows:
        row.open = False
        row.save()
    return HttpResponse(status=204)


def that_fit(word):
    rows = Line.objects.order_by("id")
    return list(filter(lambda line: word in line.name, rows))


def of_kinds(rows, count):
    kinds = rows.values("open").annotate(lines=count)
    return [{"open": kind["open"], "lines": kind.get("lines")} for kind in kinds], {}
