from datetime import timedelta

from django.http import JsonResponse
from django.utils import timezone

from shop.models import Country, Event, Note, Order


def orders(request):
    return JsonResponse({"orders": list(Order.objects.filter(reference__in=request.GET.getlist("reference")))})


def latest(request):
    return JsonResponse({"orders": [order.id for order in Order.objects.filter(state="open").order_by("-created_at")[:20]]})


def shipped(request):
    return JsonResponse({"orders": [order.id for order in Order.objects.filter(shipped_at__gte=timezone.now() - timedelta(days=1))]})


def paid(request, customer):
    return JsonResponse({"orders": [order.id for order in Order.objects.filter(customer=customer, paid_at__gte=timezone.now())]})


def packed(request):
    orders = Order.objects.order_by("packed_at")
    return JsonResponse({"orders": [order.id for order in orders.filter(state="open")[:20]]})


def events(request):
    return JsonResponse({"events": [event.text for event in Event.objects.all()[:50]]})


def notes(request):
    return JsonResponse({"notes": [note.text for note in Note.objects.order_by("created_at")]})


def countries(request):
    return JsonResponse({"countries": [country.id for country in Country.objects.order_by("added_at")[:20]]})
