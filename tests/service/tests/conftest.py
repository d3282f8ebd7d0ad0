"""A database in memory for every test."""

import logging

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from parcel.models import Base, Depot, Parcel, Tenant

logging.getLogger("parcel").setLevel(logging.DEBUG)


@pytest.fixture
def session():
    engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Tenant(id=1, name="shop", api_key="key"))
        for number, code in enumerate(("NTH", "STH"), start=1):
            session.add(Depot(id=number, code=code, name=code, postcode="AB1 2CD", lat=57.1, lon=-2.1))
            session.commit()
        yield session
    engine.dispose()


@pytest.fixture
def parcels(session):
    made = []
    for serial in range(1, 6):
        parcel = Parcel(
            id=serial, tracking_number=f"PX{serial:010d}", tenant_id=1, depot_id=1 + serial % 2, carrier_code="NORTH",
            sender_postcode="AB1 2CD", recipient_postcode="AB2 3DE", weight_g=500 * serial, status="in",
        )
        session.add(parcel)
        session.flush()
        made.append(session.get(Parcel, serial))
    return made
