"""Scans from the depots' devices."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parcel import cache
from parcel.api.deps import get_async_session, get_board
from parcel.api.schemas import ScanIn
from parcel.models import Parcel, ScanEvent
from parcel.services.live import LiveBoard

router = APIRouter(prefix="/scans", tags=["scans"])


@router.post("", status_code=201)
async def record_scan(
    scan: ScanIn,
    session: AsyncSession = Depends(get_async_session),
    board: LiveBoard = Depends(get_board),
) -> dict[str, str]:
    parcel = await session.scalar(select(Parcel).where(Parcel.tracking_number == scan.tracking_number))
    if parcel is None:
        raise HTTPException(404, "no such parcel")
    session.add(ScanEvent(parcel_id=parcel.id, depot_id=scan.depot_id, kind=scan.kind, note=scan.note))
    parcel.status = scan.kind
    # The order counts: nobody may read the old page after the board has moved on.
    await session.commit()
    await cache.forget_tracking(scan.tracking_number)
    await board.announce(parcel.depot_id, {"parcel": scan.tracking_number, "kind": scan.kind})
    return {"status": "recorded"}


@router.post("/bulk/{depot_code}", status_code=202)
async def record_scans(
    depot_code: str, scans: list[ScanIn], session: AsyncSession = Depends(get_async_session)
) -> dict[str, int]:
    numbers = {scan.tracking_number for scan in scans}
    found = await session.execute(select(Parcel.tracking_number, Parcel.id).where(Parcel.tracking_number.in_(numbers)))
    ids = {number: parcel_id for number, parcel_id in found}
    events = []
    for scan in scans:
        parcel_id = ids.get(scan.tracking_number)
        if parcel_id is not None:
            events.append(ScanEvent(parcel_id=parcel_id, depot_id=scan.depot_id, kind=scan.kind, note=scan.note))
    session.add_all(events)
    await session.commit()
    await cache.count_scans(depot_code, Counter(event.kind for event in events))
    await cache.forget_boards(depot_code)
    return {"recorded": len(events), "unknown": len(scans) - len(events)}
