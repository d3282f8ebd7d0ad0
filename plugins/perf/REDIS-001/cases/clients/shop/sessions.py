import redis
import redis.asyncio as aioredis

client = redis.Redis()
waiting = aioredis.Redis()


def sessions():
    return client.keys("session:*")  # finding: REDIS-001


async def waiting_sessions():
    return await waiting.keys("session:*")  # finding: REDIS-001


def by_name():
    return client.execute_command("KEYS", "session:*")  # finding: REDIS-001


def in_script():
    return client.eval("return redis.call('keys', ARGV[1])", 0, "session:*")  # finding: REDIS-001


def careful():
    return list(client.scan_iter("session:*"))  # ok: a cursor; mutate: s/scan_iter/keys/


def members():
    return client.smembers("sessions")  # ok: a set of their own; mutate: s/smembers("sessions")/keys("sessions*")/


def fields():
    return client.hkeys("session")  # ok: the fields of one hash; mutate: s/hkeys("session")/keys("session*")/


def names(options: dict):
    return options.keys()  # ok: a dictionary; mutate: s/options.keys()/client.keys("*")/


def kinds(rows):
    found = {row.kind: row for row in rows}
    return sorted(found.keys())  # ok: a dictionary; mutate: s/found.keys()/client.keys("*")/


class Naming:
    def keys(self, pattern):
        return [pattern]


def named():
    return Naming().keys("session:*")  # ok: a method of the project; mutate: s/Naming().keys/client.keys/


def chosen(store, names):
    return store.keys(*names)  # ok: no pattern is seen; mutate: s/*names/"session:*"/


def optional(store, options):
    return store.keys(**options)  # ok: no pattern is seen; mutate: s/**options/pattern="session:*"/


def counted(store, rows, columns):
    return store.keys(rows * columns)  # ok: a product; mutate: s/rows * columns/f"{rows}:*"/


def joined(store, prefix):
    return store.keys(prefix + "*")  # finding: REDIS-001 confidence: medium
