"""Reads the scanners' stream: `python -m parcel.worker.consumer`."""

from __future__ import annotations

import asyncio
import signal

import redis.asyncio as aioredis
from sqlalchemy import insert

from parcel.db import AsyncSessionLocal
from parcel.logs import setup_logging
from parcel.models import ScanEvent
from parcel.settings import get_settings

STREAM = "readings"
GROUP = "events"


async def consume(stop: asyncio.Event) -> None:
    """Takes readings in blocks; one statement and one acknowledgement per block."""
    client = aioredis.Redis.from_url(get_settings().redis_url, decode_responses=True)
    while not stop.is_set():
        answer = await client.xreadgroup(GROUP, "1", {STREAM: ">"}, count=500, block=2000)
        for _, messages in answer:
            rows = []
            for _, fields in messages:
                rows.append({"parcel_id": int(fields["parcel"]), "kind": fields.get("kind", "in")})
            async with AsyncSessionLocal() as session:
                await session.execute(insert(ScanEvent), rows)
                await session.commit()
            await client.xack(STREAM, GROUP, *(identity for identity, _ in messages))
    await client.aclose()


async def main() -> None:
    setup_logging()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await consume(stop)


if __name__ == "__main__":
    asyncio.run(main())
