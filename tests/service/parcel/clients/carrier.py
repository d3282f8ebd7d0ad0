"""Carriers that drive for us. Called by the worker."""

from __future__ import annotations

from typing import Any

import requests

ROOTS = {
    "NORTH": "https://api.north-carrier.example",
    "COAST": "https://gateway.coast-carrier.example/v2",
    "METRO": "https://metro-carrier.example/api",
}


class CarrierError(Exception):
    """The carrier said no."""


class CarrierClient:
    """One carrier's API."""

    def __init__(self, code: str, token: str) -> None:
        self.root = ROOTS[code]
        self.session = requests.Session()
        self.session.headers.update({"authorization": f"Bearer {token}", "accept": "application/json"})

    def shipment(self, reference: str) -> dict[str, Any]:
        """State of one shipment."""
        answer = self.session.get(f"{self.root}/shipments/{reference}")
        if answer.status_code == 404:
            raise CarrierError(f"no shipment {reference}")
        answer.raise_for_status()
        return answer.json()

    def shipments(self, references: list[str]) -> dict[str, dict[str, Any]]:
        """State of up to 100 shipments."""
        answer = self.session.post(f"{self.root}/shipments/search", json={"references": references}, timeout=(1, 10))
        answer.raise_for_status()
        return {one["reference"]: one for one in answer.json()["shipments"]}

    def label(self, reference: str) -> bytes:
        """The carrier's own label. Every attempt is charged, so an answer is worth waiting for."""
        # perfctl: allow NET-PERF-004 -- the carriers' gateways end a call after 20 s, and giving up costs another label
        answer = self.session.get(f"{self.root}/shipments/{reference}/label")
        answer.raise_for_status()
        return answer.content

    def close(self) -> None:
        self.session.close()
