import redis

client = redis.Redis()


def locks():
    # perfctl: allow REDIS-001 -- a server of its own that holds six locks
    return client.keys("lock:*")
