"""A read-only feed for partners, a service of its own: `uvicorn parcel.partner:app`."""

from __future__ import annotations

import sentry_sdk
from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import select
from sqlalchemy.orm import Session

from parcel.api.deps import get_session
from parcel.logs import setup_logging
from parcel.models import Parcel, ScanEvent
from parcel.settings import get_settings

setup_logging()
sentry_sdk.init(dsn=get_settings().sentry_dsn, environment=get_settings().environment, traces_sample_rate=1.0)

app = FastAPI(title="parcel partners", docs_url=None)


@app.get("/feed/parcels/{tracking_number}")
def show_parcel(tracking_number: str, session: Session = Depends(get_session)) -> dict[str, object]:
    parcel = session.scalars(select(Parcel).where(Parcel.tracking_number == tracking_number)).one_or_none()
    if parcel is None:
        raise HTTPException(404, "no such parcel")
    return {"tracking_number": parcel.tracking_number, "status": parcel.status, "promised_on": parcel.promised_on}


@app.get("/feed/events")
def list_events(
    carrier: str, limit: int | None = None, session: Session = Depends(get_session)
) -> list[dict[str, object]]:
    query = (
        select(ScanEvent.kind, ScanEvent.at, Parcel.carrier_ref)
        .join(Parcel, Parcel.id == ScanEvent.parcel_id)
        .where(Parcel.carrier_code == carrier)
        .order_by(ScanEvent.at.desc())
    )
    if limit is not None:
        query = query.limit(limit)
    return [{"kind": kind, "at": at, "shipment": shipment} for kind, at, shipment in session.execute(query).all()]


@app.get("/healthz")
def healthz(session: Session = Depends(get_session)) -> dict[str, str]:
    return {"status": "ok" if session.scalar(select(1)) else "down"}
