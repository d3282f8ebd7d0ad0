import redis

client = redis.Redis()


def forget(keys):
    for key in keys:
        client.delete(key)  # finding: DB-BATCH-001


def fill(counts):
    pipe = client.pipeline()
    for key, count in counts.items():
        pipe.set(key, count)  # ok: queued, sent by execute(); mutate: s/pipe.set/client.set/
    pipe.execute()
