CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",  # ok: shared; mutate: s/redis.RedisCache/locmem.LocMemCache/
        "LOCATION": "redis://cache",
    }
}
