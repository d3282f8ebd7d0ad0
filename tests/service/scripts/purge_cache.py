"""Empties a namespace of the cache by hand: `python scripts/purge_cache.py board`."""

import logging
import sys

import redis

from parcel.settings import get_settings

logging.basicConfig(level=logging.DEBUG)


def main(namespace: str) -> None:
    client = redis.Redis.from_url(get_settings().redis_url)
    dropped = 0
    for key in client.scan_iter(match=f"{namespace}:*", count=1000):
        dropped += client.unlink(key)
    logging.info("%d keys", dropped)


if __name__ == "__main__":
    main(sys.argv[1])
