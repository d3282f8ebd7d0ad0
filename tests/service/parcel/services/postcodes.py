"""Postcodes and the places behind them, from a file that is built every month."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from functools import lru_cache

from parcel.settings import get_settings

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Place:
    """Where a postcode lies."""

    postcode: str
    lat: float
    lon: float
    people_per_km2: float


@lru_cache(maxsize=4096)
def normalise(postcode: str) -> str:
    """Upper case, one blank before the last three characters."""
    plain = _SPACES.sub("", postcode).upper()
    return f"{plain[:-3]} {plain[-3:]}"


def outward_code(postcode: str) -> str:
    """The part that names the post town, safe to show to anyone."""
    return normalise(postcode).split(" ")[0]


def find_place(postcode: str) -> Place | None:
    connection = sqlite3.connect(get_settings().postcode_file)
    row = connection.execute(
        "SELECT postcode, lat, lon, density FROM place WHERE postcode = ?", (normalise(postcode),)
    ).fetchone()
    return Place(*row) if row else None
