"""Labels to print."""

from __future__ import annotations

import tempfile
import zipfile

from fastapi import APIRouter, Depends, HTTPException, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from parcel.api.deps import current_tenant, get_session
from parcel.models import Parcel, Tenant
from parcel.services import labels

router = APIRouter(prefix="/labels", tags=["labels"])


@router.get("/{tracking_number}.svg")
def show_label(
    tracking_number: str,
    size: str = "a6",
    tenant: Tenant = Depends(current_tenant),
    session: Session = Depends(get_session),
) -> Response:
    parcel = session.scalars(
        select(Parcel).where(Parcel.tracking_number == tracking_number, Parcel.tenant_id == tenant.id)
    ).one_or_none()
    if parcel is None:
        raise HTTPException(404, "no such parcel")
    svg = labels.render(parcel.tracking_number, parcel.recipient_postcode, size)
    return Response(svg, media_type="image/svg+xml")


@router.post("/sheet.zip")
def pack_sheet(numbers: list[str], postcode: str, tenant: Tenant = Depends(current_tenant)) -> Response:
    """Labels of a van's load in one file."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w") as sheet:
            for number in numbers[:200]:
                sheet.writestr(f"{tenant.id}-{number}.svg", labels.render(number, postcode, "a6"))
        file.seek(0)
        return Response(file.read(), media_type="application/zip")
