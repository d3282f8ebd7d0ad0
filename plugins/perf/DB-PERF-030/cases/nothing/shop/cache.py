import redis

client = redis.Redis()


def names():
    return client.scan(0)
