"""The geocoder (postcodes to points) and the route planner (distance and days between two points)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import httpx

from parcel.services.postcodes import normalise


@dataclass(frozen=True)
class Point:
    """A point in degrees."""

    lat: float
    lon: float

    def metres_to(self, other: "Point") -> float:
        x = math.radians(other.lon - self.lon) * math.cos(math.radians((self.lat + other.lat) / 2))
        y = math.radians(other.lat - self.lat)
        return 6_371_000 * math.hypot(x, y)


class Geocoder:
    """Uses the client of the process, which has its own limits."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._url = url

    async def lookup(self, postcode: str) -> Point | None:
        answer = await self._client.get(f"{self._url}/v1/points", params={"postcode": normalise(postcode)})
        if answer.status_code == 404:
            return None
        answer.raise_for_status()
        body = answer.json()
        return Point(body["lat"], body["lon"])


@dataclass(frozen=True)
class Leg:
    """One way from one point to another."""

    metres: float
    days: int


class RoutePlanner:
    """The planner takes its time for long ways."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._url = url

    async def leg(self, start: Point, end: Point) -> Leg:
        body = {"from": [start.lat, start.lon], "to": [end.lat, end.lon]}
        answer = await self._client.post(f"{self._url}/v3/legs", json=body, timeout=None)
        answer.raise_for_status()
        found = answer.json()
        return Leg(metres=found["metres"], days=found["days"])
