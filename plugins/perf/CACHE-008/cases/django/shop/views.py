from django.core.cache import cache, caches
from django.http import JsonResponse


def order(request, number):
    found = {"number": number}
    cache.set(f"order:{number}", found, timeout=None)  # finding: CACHE-008 confidence: medium
    caches["sessions"].set(f"cart:{number}", found, timeout=None)  # finding: CACHE-008 confidence: medium
    cache.set(f"other:{number}", found)  # ok: ends after 300 s
    return JsonResponse(found)
