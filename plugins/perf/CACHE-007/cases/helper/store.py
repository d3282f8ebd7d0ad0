import json

import redis

client = redis.Redis()


def set_cached(key, value, ttl):
    client.set(key, json.dumps(value), ex=ttl)


def get_cached(key):
    found = client.get(key)
    return json.loads(found) if found else None


def delete_cached(key):
    client.delete(key)
