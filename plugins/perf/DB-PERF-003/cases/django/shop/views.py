from django.http import JsonResponse
from django.urls import path

from shop.models import Order
from stock.models import Shop


def remind(request):
    for order in Order.objects.filter(paid=False):  # finding: DB-PERF-003
        send.delay(order.id)
    return JsonResponse({})


def count(request):
    orders = Order.objects.filter(paid=True)  # finding: DB-PERF-003
    return JsonResponse({"count": len(orders)})


def picked(request):
    rows = [order.name for order in Order.objects.only("name")]  # ok: picked; mutate: s/objects.only("name")/objects.all()/
    return JsonResponse({"rows": rows})


def changed(request):
    for order in Order.objects.filter(paid=False):  # ok: written back; mutate: s/order.save()/send.delay(order.id)/
        order.save()
    return JsonResponse({})


def related(request):
    # ok: what is asked of the customer is another table's; mutate: s/order.customer.city/order.name/
    rows = [order.customer.city for order in Order.objects.filter(total=4)]
    return JsonResponse({"rows": rows})


def listed(request):
    orders = Order.objects.filter(total=3)  # ok: the template may ask for anything; mutate: s/render(request, "list.html", {"orders": orders})/JsonResponse({"n": len(orders)})/
    return render(request, "list.html", {"orders": orders})


def owners(request):
    return JsonResponse({"rows": [order.customer_id for order in Order.objects.filter(total=5)]})  # finding: DB-PERF-003


def labels(request):
    rows = [order.label for order in Order.objects.filter(total=6)]  # ok: a property computes it; mutate: s/order.label/order.text/
    return JsonResponse({"rows": rows})


def tags(request):
    rows = [order.tag for order in Order.objects.filter(total=7)]  # ok: a property of the mixin; mutate: s/order.tag/order.notes/
    return JsonResponse({"rows": rows})


def shops(request):
    rows = [shop.name for shop in Shop.objects.filter(total=8)]  # ok: what the model declares is not seen; mutate: s/in Shop.objects/in Order.objects/
    return JsonResponse({"rows": rows})


urlpatterns = [path("remind", remind), path("count", count), path("picked", picked), path("changed", changed), path("related", related), path("listed", listed)]
urlpatterns += [path("owners", owners), path("labels", labels), path("tags", tags), path("shops", shops)]
