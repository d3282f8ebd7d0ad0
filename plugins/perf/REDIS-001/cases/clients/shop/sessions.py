import redis

client = redis.Redis()


def sessions():
    return client.keys("session:*")  # finding: REDIS-001


def careful():
    return list(client.scan_iter("session:*"))  # ok: a cursor


def names(options: dict):
    return options.keys()  # ok: a dictionary
