"""The public tracking page's data. The busiest routes by far: no thread per request here."""

from __future__ import annotations

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parcel import cache
from parcel.api.deps import get_async_session
from parcel.models import Depot, Parcel, ScanEvent
from parcel.services.postcodes import outward_code

router = APIRouter(prefix="/track", tags=["tracking"])

MAX_EVENTS = 100


async def _page(session: AsyncSession, tracking_number: str) -> dict[str, object]:
    parcel = await session.scalar(select(Parcel).where(Parcel.tracking_number == tracking_number))
    if parcel is None:
        raise HTTPException(404, "no such parcel")
    # One session, one connection: these two cannot run at the same time.
    events = await session.scalars(
        select(ScanEvent).where(ScanEvent.parcel_id == parcel.id).order_by(ScanEvent.at).limit(MAX_EVENTS)
    )
    depot = await session.get(Depot, parcel.depot_id)
    return {
        "tracking_number": parcel.tracking_number,
        "status": parcel.status,
        "to": outward_code(parcel.recipient_postcode),
        "depot": depot.name if depot else None,
        "events": [{"kind": event.kind, "at": event.at.isoformat()} for event in events],
    }


@router.get("/{tracking_number}")
async def track(
    tracking_number: str, locale: str = "en", session: AsyncSession = Depends(get_async_session)
) -> dict[str, object]:
    key = cache.tracking_key(tracking_number, locale)
    known = await cache.read_json(key)
    if known is not None:
        return known
    page = await _page(session, tracking_number)
    await cache.write_json(key, page)
    return page
