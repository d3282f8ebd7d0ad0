from django.http import JsonResponse

from shop.cachelib import get_cached, set_cached
from shop.models import Order


def show(request, number):
    cached = get_cached(f"order:{number}")
    if cached:
        return JsonResponse(cached)
    found = Order.objects.get(pk=number)
    set_cached(f"order:{number}", found.as_dict(), ttl_minutes=60)  # finding: CACHE-007 confidence: medium
    return JsonResponse(found.as_dict())


def brief(request, number):
    cached = get_cached(f"brief:{number}")
    if cached:
        return JsonResponse(cached)
    found = Order.objects.get(pk=number)
    set_cached(f"brief:{number}", found.as_dict(), ttl_minutes=1)  # ok: a minute; mutate: s/ttl_minutes=1)/ttl_minutes=10)/
    return JsonResponse(found.as_dict())


def change(request, number):
    Order.objects.filter(pk=number).update(state="x")
    return JsonResponse({})
