import json
import random

import redis
import redis.asyncio

from shop.db import all_products, all_rates, load
from shop.settings import SETTINGS

cache = redis.Redis(host="cache")
other = redis.asyncio.Redis(host="cache")
HOUR = 60 * 60


def warm_products():
    for product in all_products():
        cache.setex(f"product:{product.id}", HOUR, json.dumps(product.as_dict()))  # finding: CACHE-009 confidence: medium


async def preload_rates():
    for rate in await all_rates():
        await other.set(f"rate:{rate.code}", json.dumps(rate.as_dict()), ex=3600)  # finding: CACHE-009 confidence: medium


def warm_pipeline():
    pipe = cache.pipeline()
    for product in all_products():
        pipe.set(f"brief:{product.id}", product.name, ex=HOUR)  # finding: CACHE-009 confidence: medium
    pipe.execute()


def warm_spread():
    for product in all_products():
        # ok: each ends at another time; mutate: s/HOUR + random.randint(0, 720)/HOUR/
        cache.setex(f"spread:{product.id}", HOUR + random.randint(0, 720), json.dumps(product.as_dict()))


def warm_drawn():
    for product in all_products():
        lifetime = HOUR + random.randint(0, 720)
        # ok: drawn above; mutate: s/lifetime = HOUR + random.randint(0, 720)/lifetime = HOUR/
        cache.setex(f"drawn:{product.id}", lifetime, json.dumps(product.as_dict()))


def warm_own():
    for product in all_products():
        # ok: each item says how long; mutate: s/product.lifetime, product.text/HOUR, product.text/
        cache.setex(f"own:{product.id}", product.lifetime, product.text)


def warm_marks():
    for product in all_products():
        cache.set(f"seen:{product.id}", "1", ex=HOUR)  # ok: a mark is state; mutate: s/"1", ex/product.text, ex/


def warm_queries():
    for query in SETTINGS.WARM_QUERIES:
        cache.setex(f"query:{query}", HOUR, json.dumps(load(query)))  # finding: CACHE-009 confidence: low


def warm_list():
    for product in all_products():
        render(product)
    cache.setex("products", HOUR, "all")  # ok: one entry
    for name in ("a", "b"):
        cache.setex(f"page:{name}", HOUR, render(name))  # ok: two entries


def render(product):
    return str(product)
