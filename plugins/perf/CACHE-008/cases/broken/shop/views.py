from django.core.cache import cache


def warm(rates):
    cache.set("rates", rates, timeout=None)  # finding: CACHE-008
