"""What goes over the wire."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field


class ParcelIn(BaseModel):
    tracking_number: str = Field(pattern=r"^[A-Z]{2}\d{10}$")
    depot_id: int
    carrier_code: str = Field(max_length=8)
    sender_postcode: str
    recipient_postcode: str
    weight_g: int = Field(gt=0, le=31_500)
    promised_on: date | None = None


class EventOut(BaseModel):
    kind: str
    at: datetime
    note: str | None = None


class ParcelOut(BaseModel):
    id: int
    tracking_number: str
    status: str
    depot: str
    promised_on: date | None
    events: list[EventOut] = []


class OverdueOut(BaseModel):
    tracking_number: str
    promised_on: date
    depot: str
    depot_postcode: str


class ScanIn(BaseModel):
    tracking_number: str
    kind: str = Field(pattern="^(in|out|load|deliver|attempt|return)$")
    depot_id: int | None = None
    note: str | None = Field(None, max_length=200)


class StopOut(BaseModel):
    position: int
    parcel_id: int
    last_seen: datetime | None
    depot: str | None


class Quote(BaseModel):
    carrier: str
    cents: int
    days: int
