"""Customs: forms for parcels that leave the country. Called by the worker."""

from __future__ import annotations

import functools
from typing import Any

import requests

from parcel.settings import get_settings

_post = functools.partial(requests.post, timeout=(1, 8))


def declare(tracking_number: str, cents: int, code: str) -> str:
    """Declares a parcel; the reference of the declaration."""
    body: dict[str, Any] = {"parcel": tracking_number, "value": cents, "commodity": code}
    answer = _post(f"{get_settings().customs_url}/declarations", json=body)
    answer.raise_for_status()
    return answer.json()["reference"]


def released(reference: str) -> bool:
    """Whether customs let it go."""
    options = {"timeout": 4, "headers": {"accept": "application/json"}}
    answer = requests.get(f"{get_settings().customs_url}/declarations/{reference}", **options)
    answer.raise_for_status()
    return answer.json()["state"] == "released"


TARIFFS = "https://tariffs.parcel.example/today.json"


def tariffs() -> dict[str, int]:
    """What customs ask for a commodity, in cents by its code."""
    response = requests.get(TARIFFS, timeout=4)
    response.raise_for_status()
    return response.json()
