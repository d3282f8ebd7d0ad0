"""Tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, MetaData, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """Names constraints, so that migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Tenant(Base):
    __tablename__ = "tenant"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    api_key: Mapped[str] = mapped_column(String(64), unique=True)


class Subscription(Base):
    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), index=True)
    url: Mapped[str] = mapped_column(String(300))
    secret: Mapped[str] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(default=True)


class Depot(Base):
    __tablename__ = "depot"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    postcode: Mapped[str] = mapped_column(String(10))
    lat: Mapped[float]
    lon: Mapped[float]


class Run(Base):
    __tablename__ = "run"
    __table_args__ = (Index("ix_run_depot_id_day", "depot_id", "day"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    depot_id: Mapped[int] = mapped_column(ForeignKey("depot.id"))
    day: Mapped[date]
    van: Mapped[str] = mapped_column(String(12))

    stops = relationship("Stop", back_populates="run", order_by="Stop.position")


class Stop(Base):
    __tablename__ = "stop"
    __table_args__ = (Index("ix_stop_run_id_position", "run_id", "position"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"), unique=True)
    position: Mapped[int]
    eta: Mapped[datetime | None]

    run = relationship("Run", back_populates="stops")


class Parcel(Base):
    __tablename__ = "parcel"
    __table_args__ = (
        Index("ix_parcel_tenant_id_id", "tenant_id", "id"),
        Index("ix_parcel_depot_id_status", "depot_id", "status"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    tracking_number: Mapped[str] = mapped_column(String(12), unique=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"))
    depot_id: Mapped[int] = mapped_column(ForeignKey("depot.id"))
    carrier_code: Mapped[str] = mapped_column(String(8))
    carrier_ref: Mapped[str | None] = mapped_column(String(40))
    sender_postcode: Mapped[str] = mapped_column(String(10))
    recipient_postcode: Mapped[str] = mapped_column(String(10))
    weight_g: Mapped[int]
    status: Mapped[str] = mapped_column(String(16), default="announced")
    promised_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    depot = relationship("Depot", lazy="select")
    events = relationship("ScanEvent", back_populates="parcel", order_by="ScanEvent.at")


class ScanEvent(Base):
    __tablename__ = "scan_event"
    __table_args__ = (Index("ix_scan_event_parcel_id_at", "parcel_id", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    depot_id: Mapped[int | None] = mapped_column(ForeignKey("depot.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(server_default=func.now())

    parcel = relationship("Parcel", back_populates="events")
