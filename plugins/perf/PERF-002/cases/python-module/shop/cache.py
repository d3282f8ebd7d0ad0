import pika
import redis

client = redis.Redis.from_url("redis://cache")  # ok: connects with its first command; mutate: s/redis.Redis.from_url("redis:\/\/cache")/pika.BlockingConnection()/


def channel():
    return pika.BlockingConnection().channel()
