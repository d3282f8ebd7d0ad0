"""Pushes events to the shops' endpoints."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import time
from typing import Any

import httpx

logger = logging.getLogger(__name__)

ATTEMPTS = 4


def sign(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def push(client: httpx.AsyncClient, url: str, secret: str, event: dict[str, Any]) -> bool:
    """Pushes one event, with a pause that doubles between attempts."""
    body = json.dumps(event, sort_keys=True).encode()
    headers = {"content-type": "application/json", "x-signature": sign(secret, body)}
    for attempt in range(ATTEMPTS):
        try:
            answer = await client.post(url, content=body, headers=headers)
            if answer.status_code < 500:
                return answer.is_success
        except httpx.TransportError as error:
            logger.info("push failed", extra={"url": url, "attempt": attempt, "error": str(error)})
        time.sleep(0.25 * 2**attempt)
    return False


async def push_all(client: httpx.AsyncClient, targets: list[tuple[str, str]], event: dict[str, Any]) -> int:
    """Pushes an event to all endpoints at once; how many took it."""
    done = await asyncio.gather(*(push(client, url, secret, event) for url, secret in targets))
    return sum(done)


async def wait_for_quiet(client: httpx.AsyncClient, url: str, seconds: float) -> bool:
    """Polls a shop's endpoint until it says that it is ready again."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = await client.get(url, timeout=2)
        if answer.status_code == 204:
            return True
        await asyncio.sleep(1)
    return False
