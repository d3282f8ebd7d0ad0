"""The board in a depot's hall: what waits, for whom."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from parcel.models import Depot, Parcel, ScanEvent

CHUNK = 500

# The CTE lists its columns; the star takes what it lists.
LATE = text(
    """
    WITH late AS (
        SELECT p.id, p.tracking_number, p.promised_on
        FROM parcel p
        WHERE p.depot_id = :depot AND p.status <> 'delivered' AND p.promised_on < CURRENT_DATE
    )
    SELECT * FROM late ORDER BY promised_on LIMIT 50
    """
)


def by_depot(session: Session, depot_id: int) -> list[dict[str, Any]]:
    """Counts by status, and the latest of what is late."""
    counted = session.execute(
        select(Parcel.status, func.count(Parcel.id)).where(Parcel.depot_id == depot_id).group_by(Parcel.status)
    )
    counts: dict[str, int] = defaultdict(int)
    for status, number in counted:
        counts[status] += number
    late = [row._asdict() for row in session.execute(LATE, {"depot": depot_id})]
    return [{"status": status, "parcels": counts.get(status, 0)} for status in ("in", "load", "out")] + late


def last_events(session: Session, parcel_ids: list[int]) -> dict[int, ScanEvent]:
    """The newest event of each parcel; as many statements as there are chunks."""
    newest: dict[int, ScanEvent] = {}
    for start in range(0, len(parcel_ids), CHUNK):
        chunk = parcel_ids[start:start + CHUNK]
        events = session.scalars(
            select(ScanEvent)
            .where(ScanEvent.parcel_id.in_(chunk))
            .order_by(ScanEvent.parcel_id, ScanEvent.at.desc())
            .distinct(ScanEvent.parcel_id)
        )
        for event in events:
            newest[event.parcel_id] = event
    return newest


def depot_names(session: Session, parcels: list[Parcel]) -> list[str]:
    """Names of the parcels' depots, in their order."""
    depots = {depot.id: depot for depot in session.scalars(select(Depot))}
    names = []
    for parcel in parcels:
        depot = depots.get(parcel.depot_id)
        names.append(depot.name if depot else "?")
    return names


def search(session: Session, filters: dict[str, Any], limit: int) -> list[Parcel]:
    """Parcels that fit all filters. The loop only builds the statement."""
    query = select(Parcel)
    for field, value in filters.items():
        query = query.where(getattr(Parcel, field) == value)
    return list(session.scalars(query.order_by(Parcel.id).limit(limit)))
