import redis

client = redis.Redis()


def nobody_calls_it():
    return client.keys("session:*")  # finding: REDIS-001 confidence: medium


def called():
    return client.keys("cart:*")  # finding: REDIS-001 confidence: high


def caller():
    return called()
