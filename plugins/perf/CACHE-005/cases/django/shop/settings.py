CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",  # finding: CACHE-005 confidence: medium
    }
}
