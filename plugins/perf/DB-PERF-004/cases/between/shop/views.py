import requests
from django.core.mail import send_mail
from django.http import JsonResponse

from shop.models import Line, Order, Parcel


def place(request):
    order = Order.objects.create(note="x")
    label = requests.post("https://parcels.internal/labels", json={"order": order.id}, timeout=2).json()
    Parcel.objects.create(order=order, label=label["id"])  # ok: the label comes from elsewhere; mutate: s/label=label["id"]/label=1/
    return JsonResponse({})


def confirm(request):
    order = Order.objects.create(note="x")
    send_mail("Order", "It is on its way", "shop@example.com", [order.email])
    Line.objects.create(order=order)  # finding: DB-PERF-004 confidence: medium
    return JsonResponse({})


def stop(request):
    order = Order.objects.create(note="x")
    requests.post("https://stock.internal/reservations", json={"order": order.id}, timeout=2).raise_for_status()
    Line.objects.create(order=order)  # finding: DB-PERF-004 confidence: low
    return JsonResponse({})
