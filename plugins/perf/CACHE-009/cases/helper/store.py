import random

import redis

cache = redis.Redis()


def keep(product):
    cache.set(f"product:{product.id}", product.text, ex=3600)  # finding: CACHE-009 confidence: medium


def keep_for(product, seconds):
    cache.set(f"product:{product.id}", product.text, ex=seconds)  # ok: the caller says how long; mutate: s/ex=seconds/ex=60/


def keep_spread(key, text, seconds):
    cache.set(key, text, ex=seconds + random.randint(0, 60))
