"""How many parcels to expect."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from parcel.models import ScanEvent

if TYPE_CHECKING:
    import numpy as np

WEEKS = 12


def parcels_per_weekday(session: Session, depot_id: int) -> dict[str, float]:
    """Expected parcels by weekday, from the last quarter."""
    since = date.today() - timedelta(weeks=WEEKS)
    day = func.date(ScanEvent.at)
    rows = session.execute(
        select(day, func.count(ScanEvent.id))
        .where(ScanEvent.depot_id == depot_id, ScanEvent.kind == "in", ScanEvent.at >= since)
        .group_by(day)
    )
    return _smooth([(day, number) for day, number in rows])


def _smooth(counts: list[tuple[date, int]]) -> dict[str, float]:
    # Few requests come here, and the import costs more than the whole start of the service.
    import statsmodels.api as sm

    levels: dict[str, float] = {}
    for weekday in range(7):
        series = [number for day, number in counts if day.weekday() == weekday]
        if len(series) < 4:
            continue
        fit = sm.tsa.SimpleExpSmoothing(series).fit()
        levels[date(2024, 1, 1 + weekday).strftime("%a").lower()] = round(float(_last(fit.forecast(1))), 1)
    return levels


def _last(values: "np.ndarray") -> float:
    return values[-1]
