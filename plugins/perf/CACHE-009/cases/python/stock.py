import json

import redis

cache = redis.Redis()
HOUR = 3600


def missing(ids):
    found = {}
    for number in ids:
        found[number] = load(number)
        cache.setex(f"stock:{number}", HOUR, json.dumps(found[number]))  # finding: CACHE-009 confidence: low
    return found


def load(number):
    return {"number": number}
