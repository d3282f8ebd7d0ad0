from django.core.cache import cache


def forget(prefix):
    cache.delete_many(cache.keys(f"{prefix}*"))  # finding: REDIS-001


def forget_one(name):
    cache.delete(name)  # ok: one key; mutate: s/cache.delete(name)/cache.delete_many(cache.keys("*"))/
