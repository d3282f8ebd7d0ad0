"""Tasks of the day."""

from __future__ import annotations

import json
import logging
import os
import time
from datetime import datetime, timedelta
from typing import Any

import redis
import requests
from sqlalchemy import func, insert, select, update

from parcel.clients import customs
from parcel.clients.carrier import CarrierClient, CarrierError
from parcel.db import session_scope
from parcel.models import Parcel, ScanEvent, Subscription
from parcel.services.notify import sign
from parcel.settings import get_settings
from parcel.worker.app import app

logger = logging.getLogger(__name__)

BATCH = 100
CARRIERS = ("NORTH", "COAST", "METRO")
STATES = {"picked-up": "load", "delivered": "deliver", "failed": "attempt"}


def _token(carrier: str) -> str:
    return os.environ.get(f"{carrier}_TOKEN", "")


@app.task
def poll_carriers() -> None:
    """Asks each carrier about what it has of ours."""
    for carrier in CARRIERS:
        poll_carrier.delay(carrier)


@app.task
def poll_carrier(carrier: str) -> int:
    """Asks one carrier, a hundred shipments at a time."""
    client = CarrierClient(carrier, _token(carrier))
    seen = 0
    with session_scope() as session:
        query = select(Parcel.id, Parcel.carrier_ref).where(
            Parcel.carrier_code == carrier, Parcel.status == "load", Parcel.carrier_ref.is_not(None)
        )
        ids = {reference: parcel_id for parcel_id, reference in session.execute(query)}
        references = list(ids)
        rows: list[dict[str, Any]] = []
        for start in range(0, len(references), BATCH):
            for reference, shipment in client.shipments(references[start:start + BATCH]).items():
                kind = STATES.get(shipment["state"])
                if kind is not None:
                    rows.append({"parcel_id": ids[reference], "kind": kind, "note": shipment.get("text")})
        if rows:
            session.execute(insert(ScanEvent), rows)
        seen = len(rows)
    client.close()
    return seen


@app.task
def refresh_shipment(carrier: str, reference: str) -> str:
    """Asks about one shipment again; carriers lose the first answer now and then."""
    client = CarrierClient(carrier, _token(carrier))
    for attempt in range(3):
        try:
            return client.shipment(reference)["state"]
        except CarrierError:
            time.sleep(2**attempt)
    return "unknown"


@app.task
def push_event(subscription_id: int, event: dict[str, Any]) -> int:
    """Pushes an event to one shop."""
    with session_scope() as session:
        subscription = session.get(Subscription, subscription_id)
        if subscription is None or not subscription.active:
            return 0
        url, secret = subscription.url, subscription.secret
    body = json.dumps(event, sort_keys=True).encode()
    headers = {"content-type": "application/json", "x-signature": sign(secret, body)}
    answer = requests.post(url, data=body, headers=headers)
    return answer.status_code


@app.task
def chase_stale() -> int:
    """Opens a case for parcels that no one has scanned for two days."""
    border = datetime.utcnow() - timedelta(days=2)
    opened = 0
    with session_scope() as session:
        moving = session.scalars(select(Parcel).where(Parcel.status.in_(("in", "load", "out")))).all()
        for parcel in moving:
            newest = session.scalar(select(func.max(ScanEvent.at)).where(ScanEvent.parcel_id == parcel.id))
            if newest is None or newest < border:
                parcel.status = "stale"
                opened += 1
    logger.info("chased", extra={"opened": opened})
    return opened


@app.task
def store_readings(readings: list[dict[str, Any]]) -> int:
    """Stores what a depot's gate has read during a network outage."""
    with session_scope() as session:
        for reading in readings:
            session.execute(
                insert(ScanEvent).values(parcel_id=reading["parcel"], depot_id=reading["depot"], kind="in", at=reading["at"])
            )
    return len(readings)


@app.task
def clear_customs(references: dict[str, str]) -> int:
    """Marks what customs have let go."""
    free = [number for number, reference in references.items() if customs.released(reference)]
    with session_scope() as session:
        session.execute(update(Parcel).where(Parcel.tracking_number.in_(free)).values(status="in"))
    return len(free)


@app.task
def warm_counters(counts: dict[str, dict[str, int]]) -> None:
    """Writes the boards' counters after a restart of Redis, in one round trip."""
    client = redis.Redis.from_url(get_settings().redis_url)
    with client.pipeline(transaction=False) as pipe:
        for depot, kinds in counts.items():
            for kind, number in kinds.items():
                pipe.hset(f"scans:{depot}", kind, number)
        pipe.execute()
    client.close()
