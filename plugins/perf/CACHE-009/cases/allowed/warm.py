import redis

from shop.db import all_products

cache = redis.Redis()


def warm_products():
    for product in all_products():
        # perfctl: allow CACHE-009 -- filled again every half hour, nothing ever ends
        cache.set(f"product:{product.id}", product.text, ex=3600)
