import redis

from shop.db import all_products

cache = redis.Redis()


def warm_products():
    for product in all_products():
        cache.set(f"product:{product.id}", product.text, ex=3600)  # finding: CACHE-009
