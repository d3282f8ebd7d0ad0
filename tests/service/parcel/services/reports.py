"""Numbers for the depots' managers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import text
from sqlalchemy.orm import Session

# What is read here is one row per parcel, with two columns.
DELIVERED = text(
    """
    SELECT p.depot_id, EXTRACT(EPOCH FROM d.at - p.created_at) / 3600 AS hours
    FROM parcel p JOIN scan_event d ON d.parcel_id = p.id AND d.kind = 'deliver'
    WHERE d.at >= :since
    """
)
LATE = text("SELECT p.*, d.code FROM parcel p JOIN depot d ON d.id = p.depot_id WHERE d.id = :depot AND p.promised_on < CURRENT_DATE LIMIT 200")


def delivery_times_csv(session: Session, since: date) -> str:
    """Median and ninth decile of the hours to the door, by depot."""
    rows = session.execute(DELIVERED, {"since": since})
    frame = pd.DataFrame(rows, columns=["depot", "hours"])
    grouped = frame.groupby("depot")["hours"]
    table = pd.DataFrame({"parcels": grouped.size(), "p50": grouped.median(), "p90": grouped.quantile(0.9)})
    return table.to_csv()


def late_summary(session: Session, depot_id: int) -> dict[str, Any]:
    """How many are late, by days."""
    today = date.today()
    days: dict[int, int] = {}
    for row in session.execute(LATE, {"depot": depot_id}):
        late = (today - row.promised_on).days
        days[late] = days.get(late, 0) + 1
    return {"parcels": sum(days.values()), "by_days": dict(sorted(days.items()))}
