from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from shop.models import Album, Order


def order(request, token, customer):
    get_object_or_404(Order, token=token)
    Order.objects.filter(stripe_id=token).first()
    Order.objects.get(code=token)
    Order.objects.filter(sku=token).exists()
    Order.objects.get(customer=customer, number=3)
    Order.objects.get(state="open")
    Album.objects.filter(pictures__path=token).exists()
    Album.objects.filter(code=code, pictures__digest=token).first()
    Album.objects.filter(pictures__title=token).exists()
    return JsonResponse({"all": list(Order.objects.filter(email=token))})
