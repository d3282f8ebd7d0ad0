"""What we keep in Redis: pages of the tracking view, counters of the depots' boards."""

from __future__ import annotations

import json
from typing import Any

import redis.asyncio as aioredis

from parcel.settings import get_settings

TRACKING_TTL = 30
BOARD_TTL = 300

client = aioredis.Redis.from_url(get_settings().redis_url, decode_responses=True)


def tracking_key(tracking_number: str, locale: str) -> str:
    return f"tracking:{tracking_number}:{locale}"


async def read_json(key: str) -> Any | None:
    text = await client.get(key)
    return json.loads(text) if text else None


async def write_json(key: str, value: Any, ttl: int = TRACKING_TTL) -> None:
    await client.set(key, json.dumps(value, default=str), ex=ttl)


async def forget_tracking(tracking_number: str) -> int:
    """Drops the rendered pages of a parcel, one per locale."""
    stale = await client.keys(f"tracking:{tracking_number}:*")
    if not stale:
        return 0
    return await client.delete(*stale)


async def forget_boards(depot_code: str) -> int:
    """Drops the cached boards of a depot."""
    dropped = 0
    batch: list[str] = []
    async for key in client.scan_iter(match=f"board:{depot_code}:*", count=500):
        batch.append(key)
        if len(batch) == 500:
            dropped += await client.unlink(*batch)
            batch.clear()
    if batch:
        dropped += await client.unlink(*batch)
    return dropped


async def count_scans(depot_code: str, kinds: dict[str, int]) -> None:
    """Adds to the day's counters in one round trip."""
    async with client.pipeline(transaction=False) as pipe:
        for kind in sorted(kinds.keys()):
            pipe.hincrby(f"scans:{depot_code}", kind, kinds[kind])
        pipe.expire(f"scans:{depot_code}", 86_400)
        await pipe.execute()
