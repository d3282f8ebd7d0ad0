import redis

client = redis.Redis()


def sessions():
    return client.keys("session:*")  # finding: REDIS-001
