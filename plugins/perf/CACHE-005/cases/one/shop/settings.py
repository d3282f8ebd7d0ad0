CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",  # ok: one process; mutate: Procfile s/--workers 1/--workers 3/
    }
}
