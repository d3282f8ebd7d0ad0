"""What carriers tell us about parcels that they drive."""

from __future__ import annotations

import hashlib
import hmac

import requests
from fastapi import APIRouter, Depends, HTTPException, Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parcel.api.deps import get_async_session
from parcel.models import Parcel, ScanEvent
from parcel.settings import get_settings

router = APIRouter(prefix="/carriers", tags=["carriers"])

KINDS = {"PU": "load", "DL": "deliver", "NA": "attempt", "RT": "return"}


def _is_signed(code: str, body: bytes, signature: str) -> bool:
    expected = hmac.new(code.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, signature)


@router.post("/{code}/events", status_code=202)
async def carrier_event(
    code: str, request: Request, session: AsyncSession = Depends(get_async_session)
) -> dict[str, str]:
    body = await request.body()
    if not _is_signed(code, body, request.headers.get("x-signature", "")):
        raise HTTPException(401, "bad signature")
    event = await request.json()
    parcel = await session.scalar(
        select(Parcel).where(Parcel.carrier_code == code, Parcel.carrier_ref == event["shipment"])
    )
    if parcel is None:
        raise HTTPException(404, "no such shipment")
    kind = KINDS.get(event["code"], "note")
    session.add(ScanEvent(parcel_id=parcel.id, kind=kind, note=event.get("text")))
    await session.commit()
    requests.post(get_settings().audit_url, json={"carrier": code, "event": event}, timeout=3)
    return {"status": "accepted"}
