"""Invoices, read from the billing department's database."""

from __future__ import annotations

from fastapi import APIRouter, Depends, HTTPException

from parcel.api.deps import current_tenant
from parcel.models import Tenant
from parcel.services import billing

router = APIRouter(prefix="/invoices", tags=["invoices"])


@router.get("/{number}")
def show_invoice(number: str, tenant: Tenant = Depends(current_tenant)) -> dict[str, object]:
    invoice = billing.find_invoice(tenant.id, number)
    if invoice is None:
        raise HTTPException(404, "no such invoice")
    return {**invoice, "lines": billing.lines_of(invoice["id"])}
