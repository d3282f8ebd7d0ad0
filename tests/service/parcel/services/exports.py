"""Files that people take with them."""

from __future__ import annotations

import csv
import gzip
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from parcel.models import Parcel, Stop

SHEETS = Path(tempfile.gettempdir()) / "parcel-sheets"


def write_run_sheet(session: Session, run_id: int) -> Path:
    """The driver's sheet as CSV."""
    SHEETS.mkdir(exist_ok=True)
    path = SHEETS / f"run-{run_id}.csv"
    out = open(path, "w", newline="", encoding="utf-8")
    writer = csv.writer(out)
    writer.writerow(["stop", "parcel", "postcode", "grams"])
    rows = session.execute(
        select(Stop.position, Parcel.tracking_number, Parcel.recipient_postcode, Parcel.weight_g)
        .join(Parcel, Parcel.id == Stop.parcel_id)
        .where(Stop.run_id == run_id)
        .order_by(Stop.position)
    )
    for row in rows:
        writer.writerow(row)
    out.flush()
    return path


@contextmanager
def night_file(day: str) -> Iterator[csv.writer]:
    """The night's export for the archive, compressed."""
    file = gzip.open(SHEETS / f"night-{day}.csv.gz", "wt", encoding="utf-8")
    try:
        yield csv.writer(file)
    finally:
        file.close()


def count_lines(path: Path) -> int:
    """Lines of a file, without reading it at once."""
    file = open(path, "rb")
    try:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    finally:
        file.close()
