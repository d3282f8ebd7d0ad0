from django.http import HttpResponse

from shop.models import Order


def beat(request):
    Order.objects.first()  # finding: CR-002
    return HttpResponse("OK")


def orders(request):
    return HttpResponse(Order.objects.count())  # ok: no health check; mutate: shop/urls.py s|"orders/"|"health/"|
