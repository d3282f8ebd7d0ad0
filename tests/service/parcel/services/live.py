"""Live boards in the depots' halls, fed through Redis."""

from __future__ import annotations

import json
from typing import Any

import redis


class LiveBoard:
    """Tells the boards what moved."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=1)

    async def announce(self, depot_id: int, event: dict[str, Any]) -> None:
        """Sends an event to the boards of a depot."""
        self._redis.publish(f"depot:{depot_id}", json.dumps(event))

    def close(self) -> None:
        self._redis.close()
