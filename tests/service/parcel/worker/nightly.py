"""Tasks of the night."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select

from parcel.clients import ledger
from parcel.clients.sessions import get_json
from parcel.db import session_scope
from parcel.models import Parcel, ScanEvent
from parcel.services.exports import night_file
from parcel.worker.app import app

logger = logging.getLogger(__name__)

RATES_URL = "https://rates.parcel.example/v2/month"


@app.task
def settle() -> dict[str, str]:
    """Adds up what we owe each carrier and marks it as settled."""
    today = date.today()
    entries = ledger.unsettled()
    totals: dict[str, Decimal] = defaultdict(Decimal)
    rates = get_json(RATES_URL, month=f"{today:%Y-%m}")
    for entry in entries:
        rate = rates.get(entry["carrier"], {"discount": 0})
        totals[entry["carrier"]] += entry["cents"] * (100 - Decimal(rate["discount"])) / 100
    ledger.mark_settled(entries, today.isoformat())
    return {carrier: str(cents) for carrier, cents in sorted(totals.items())}


@app.task
def archive() -> int:
    """Writes delivered parcels older than a quarter to the archive and drops their events."""
    border = date.today() - timedelta(days=90)
    written = 0
    with session_scope() as session, night_file(border.isoformat()) as writer:
        query = select(Parcel).where(Parcel.status == "deliver", Parcel.created_at < border)
        ids: list[int] = []
        for parcel in session.scalars(query.execution_options(yield_per=1000)):
            writer.writerow([parcel.tracking_number, parcel.tenant_id, parcel.weight_g, parcel.promised_on])
            ids.append(parcel.id)
            written += 1
        for start in range(0, len(ids), 1000):
            session.execute(delete(ScanEvent).where(ScanEvent.parcel_id.in_(ids[start:start + 1000])))
    logger.info("archived", extra={"parcels": written})
    return written


@app.task
def record_rides(rides: list[dict[str, Any]]) -> None:
    """Enters the day's rides into the ledger."""
    ledger.record([{"carrier": ride["carrier"], "entry": ride["id"], "cents": ride["cents"], "settled": False} for ride in rides])
