from django.http import JsonResponse
from django.urls import path

from shop.models import Order


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


urlpatterns = [path("remind", remind), path("count", count), path("picked", picked), path("changed", changed), path("related", related), path("listed", listed)]
