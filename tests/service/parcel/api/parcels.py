"""Parcels of a shop."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Depends, HTTPException, UploadFile
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from parcel.api.deps import Page, current_tenant, get_session, page_of
from parcel.api.schemas import EventOut, OverdueOut, ParcelIn, ParcelOut
from parcel.clients import events
from parcel.models import Depot, Parcel, Tenant
from parcel.services import manifests

router = APIRouter(prefix="/parcels", tags=["parcels"])


def _render(parcel: Parcel) -> ParcelOut:
    return ParcelOut(
        id=parcel.id,
        tracking_number=parcel.tracking_number,
        status=parcel.status,
        depot=parcel.depot.code,
        promised_on=parcel.promised_on,
        events=[EventOut(kind=event.kind, at=event.at, note=event.note) for event in parcel.events],
    )


@router.get("")
def list_parcels(
    page: Page = Depends(page_of),
    tenant: Tenant = Depends(current_tenant),
    session: Session = Depends(get_session),
) -> list[ParcelOut]:
    query = (
        select(Parcel)
        .where(Parcel.tenant_id == tenant.id)
        .options(joinedload(Parcel.depot), selectinload(Parcel.events))
        .order_by(Parcel.id)
    )
    if page.after is not None:
        query = query.where(Parcel.id > page.after)
    found = session.scalars(query.limit(page.limit)).all()
    return [_render(parcel) for parcel in found]


@router.get("/overdue")
def list_overdue(
    page: Page = Depends(page_of),
    tenant: Tenant = Depends(current_tenant),
    session: Session = Depends(get_session),
) -> list[OverdueOut]:
    overdue = session.scalars(
        select(Parcel)
        .where(Parcel.tenant_id == tenant.id, Parcel.status != "delivered", Parcel.promised_on < date.today())
        .order_by(Parcel.promised_on)
        .limit(page.limit)
    ).all()
    rows = []
    for parcel in overdue:
        depot = session.get(Depot, parcel.depot_id)
        rows.append(
            OverdueOut(
                tracking_number=parcel.tracking_number,
                promised_on=parcel.promised_on,
                depot=depot.name,
                depot_postcode=depot.postcode,
            )
        )
    return rows


@router.get("/{tracking_number}")
def show_parcel(
    tracking_number: str,
    tenant: Tenant = Depends(current_tenant),
    session: Session = Depends(get_session),
) -> ParcelOut:
    query = select(Parcel).where(Parcel.tracking_number == tracking_number, Parcel.tenant_id == tenant.id)
    parcel = session.scalars(query.options(joinedload(Parcel.depot), selectinload(Parcel.events))).one_or_none()
    if parcel is None:
        raise HTTPException(404, "no such parcel")
    return _render(parcel)


@router.post("", status_code=201)
def announce_parcel(
    body: ParcelIn,
    tenant: Tenant = Depends(current_tenant),
    session: Session = Depends(get_session),
) -> ParcelOut:
    parcel = Parcel(tenant_id=tenant.id, **body.model_dump())
    session.add(parcel)
    session.commit()
    events.publish("parcel.announced", {"tracking_number": parcel.tracking_number, "tenant": tenant.id})
    return _render(parcel)


@router.post("/import", status_code=202)
def import_parcels(
    file: UploadFile,
    tenant: Tenant = Depends(current_tenant),
    session: Session = Depends(get_session),
) -> dict[str, int]:
    rows, faults = manifests.read_rows(file.file)
    created = manifests.store_rows(session, tenant.id, rows)
    return {"created": created, "faults": len(faults)}
