"""Manifests: CSV files in which shops announce many parcels at once."""

from __future__ import annotations

import codecs
import csv
from typing import Any, BinaryIO

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from parcel.models import Depot, Parcel, Stop
from parcel.services.postcodes import normalise

COLUMNS = ("tracking_number", "depot", "carrier", "from", "to", "grams")


def read_rows(file: BinaryIO) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows and faults of a manifest. Faulty rows are left out."""
    reader = csv.DictReader(codecs.getreader("utf-8-sig")(file))
    rows: list[dict[str, Any]] = []
    faults: list[str] = []
    for number, line in enumerate(reader, start=2):
        missing = [column for column in COLUMNS if not line.get(column)]
        if missing:
            faults.append(f"line {number}: no {', '.join(missing)}")
            continue
        rows.append(line)
    return rows, faults


def store_rows(session: Session, tenant_id: int, rows: list[dict[str, Any]]) -> int:
    """Stores the parcels of a manifest."""
    depots = {depot.code: depot.id for depot in session.scalars(select(Depot))}
    created = 0
    for row in rows:
        parcel = Parcel(
            tenant_id=tenant_id,
            tracking_number=row["tracking_number"],
            depot_id=depots.get(row["depot"]),
            carrier_code=row["carrier"],
            sender_postcode=normalise(row["from"]),
            recipient_postcode=normalise(row["to"]),
            weight_g=int(row["grams"]),
        )
        session.add(parcel)
        session.commit()
        created += 1
    return created


def store_stops(session: Session, run_id: int, parcel_ids: list[int]) -> None:
    """The stops of a run, in the order in which they are driven. One commit for all."""
    for position, parcel_id in enumerate(parcel_ids, start=1):
        session.add(Stop(run_id=run_id, parcel_id=parcel_id, position=position))
    session.commit()


def copy_stops(session: Session, stops: list[Stop], run_id: int) -> None:
    """Moves stops that were not reached to another run."""
    rows = [{"run_id": run_id, "parcel_id": stop.parcel_id, "position": stop.position} for stop in stops]
    session.execute(insert(Stop), rows)
    session.commit()
