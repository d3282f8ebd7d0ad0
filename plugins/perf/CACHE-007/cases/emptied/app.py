from django.core.cache import cache
from django.http import JsonResponse

from shop.jobs import cached_rows, client
from shop.models import Order


def show(request, number):
    cached = cache.get(f"order:{number}")
    if cached:
        return JsonResponse(cached)
    found = Order.objects.get(pk=number)
    cache.set(f"order:{number}", found.as_dict(), 3600)  # finding: CACHE-007 confidence: medium
    return JsonResponse(found.as_dict())


def change(request, number):
    Order.objects.filter(pk=number).update(state="x")
    return JsonResponse({})


def drained(request):
    cached_rows.pop()
    cached_rows.clear()
    pipe = client.pipeline()
    pipe.reset()
    return JsonResponse({})
