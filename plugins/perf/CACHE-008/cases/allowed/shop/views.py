from django.core.cache import cache


def warm(rates):
    # perfctl: allow CACHE-008 -- thirty currencies, written anew every night
    cache.set("rates", rates, timeout=None)
