"""Runs: which stops, in which order, and when we will be there."""

from __future__ import annotations

import logging
import math
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from parcel.api.schemas import StopOut
from parcel.models import Depot, Run, ScanEvent, Stop

if TYPE_CHECKING:
    from parcel.api.deps import Page

logger = logging.getLogger(__name__)
logger.setLevel(logging.DEBUG)

METRES_PER_SECOND = 7.5
SECONDS_PER_STOP = 140


def last_scan(session: Session, parcel_id: int) -> ScanEvent | None:
    """The newest event of a parcel."""
    query = select(ScanEvent).where(ScanEvent.parcel_id == parcel_id).order_by(ScanEvent.at.desc()).limit(1)
    return session.scalars(query).first()


def stops_of(session: Session, run: Run) -> list[StopOut]:
    """The stops of a run with the last place where each parcel was seen."""
    depots = {depot.id: depot.code for depot in session.scalars(select(Depot))}
    board = []
    for stop in run.stops:
        seen = last_scan(session, stop.parcel_id)
        board.append(
            StopOut(
                position=stop.position,
                parcel_id=stop.parcel_id,
                last_seen=seen.at if seen else None,
                depot=depots.get(seen.depot_id) if seen else None,
            )
        )
    return board


def runs_of(session: Session, day: date, page: "Page") -> list[dict[str, Any]]:
    query = select(Run).where(Run.day == day).order_by(Run.id)
    if page.after is not None:
        query = query.where(Run.id > page.after)
    runs = session.scalars(query.limit(page.limit))
    return [{"id": run.id, "van": run.van, "depot": run.depot_id} for run in runs]


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(h))


def order_stops(depot: tuple[float, float], stops: dict[int, tuple[float, float]]) -> list[int]:
    """Nearest next: good to 15 % on our runs, and the driver reorders anyway."""
    left = dict(stops)
    here = depot
    order: list[int] = []
    while left:
        nearest = min(left, key=lambda parcel_id: metres(here, left[parcel_id]))
        here = left.pop(nearest)
        order.append(nearest)
    logger.debug("ordered", extra={"stops": len(order)})
    return order


def assign_etas(stops: list[Stop], points: dict[int, tuple[float, float]], start: datetime) -> None:
    """Writes the estimated arrival into each stop; the caller commits."""
    now = start
    here: tuple[float, float] | None = None
    for stop in stops:
        point = points.get(stop.parcel_id)
        if here is not None and point is not None:
            now += timedelta(seconds=metres(here, point) / METRES_PER_SECOND)
        stop.eta = now
        now += timedelta(seconds=SECONDS_PER_STOP)
        here = point or here
