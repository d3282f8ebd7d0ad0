import logging

from django.apps import apps

from shop.models import Order, Parcel

logger = logging.getLogger(__name__)


def titles(request):
    return [str(order) for order in Order.objects.filter(shipped=True)]  # finding: DB-PERF-001


def lines(request):
    for order in Order.objects.filter(shipped=False):
        yield f"- {order}"  # finding: DB-PERF-001


def joined(request):
    return ["{}".format(order) for order in Order.objects.select_related("customer")]  # ok: brought along; mutate: s/select_related("customer")/all()/


def numbers(request):
    return [str(parcel) for parcel in Parcel.objects.filter(order__shipped=True)]  # ok: its text is a column; mutate: shop/models.py s/return self.number/return f"{self.order.shipped}"/


def failures(request):
    for order in Order.objects.filter(shipped=True):
        try:
            order.save()
        except ValueError:
            logger.error("not saved: {}".format(order))  # ok: said of those that fail only


def payloads(request):
    return [order.payload() for order in Order.objects.filter(shipped=True)]  # finding: DB-PERF-001


def payloads_joined(request):
    return [order.payload() for order in Order.objects.filter(shipped=True).select_related("customer")]  # ok: brought along; mutate: s/.select_related("customer")//


def by_registry(request):
    Order = apps.get_model("shop", "Order")
    return [order.customer.name for order in Order.objects.filter(shipped=True)]  # finding: DB-PERF-001


def either(request, shipped):
    names = []
    if shipped:
        orders = Order.objects.filter(shipped=True)
        for order in orders:
            names.append(order.customer.name)  # finding: DB-PERF-001
    else:
        orders = Order.objects.filter(shipped=False)
        for order in orders:
            names.append(order.customer.name)  # finding: DB-PERF-001
    return names


def twice(request):
    orders = Order.objects.filter(shipped=True)
    first = [order.customer.name for order in orders]  # finding: DB-PERF-001
    return first, [order.customer.name for order in orders]  # ok: the rows hold what they asked for the first time
