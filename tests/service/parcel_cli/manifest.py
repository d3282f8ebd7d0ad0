"""Manifests, checked before they are sent."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from parcel_cli import tracking

COLUMNS = ("tracking_number", "depot", "carrier", "from", "to", "grams")
HEAVIEST_G = 31_500

_POSTCODE = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$")


@dataclass(frozen=True)
class Fault:
    """One fault, with the line of the file."""

    line: int
    message: str


def lint(path: Path) -> Iterator[Fault]:
    """Faults of a manifest, in the order of its lines."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
        if missing:
            yield Fault(1, f"no column {', '.join(missing)}")
            return
        first: dict[str, int] = {}
        for row in reader:
            yield from _faults_of(row, reader.line_num, first)


def _faults_of(row: dict[str, str], line: int, first: dict[str, int]) -> Iterator[Fault]:
    number = row["tracking_number"]
    if not tracking.is_valid(number):
        yield Fault(line, f"`{number}` is no tracking number")
    elif number in first:
        yield Fault(line, f"`{number}` stands in line {first[number]} already")
    else:
        first[number] = line
    for column in ("from", "to"):
        if not _POSTCODE.match(row[column].upper()):
            yield Fault(line, f"`{row[column]}` is no postcode")
    try:
        grams = Decimal(row["grams"])
    except InvalidOperation:
        yield Fault(line, f"`{row['grams']}` is no weight")
        return
    if not 0 < grams <= HEAVIEST_G:
        yield Fault(line, f"{grams} g is not between 1 and {HEAVIEST_G}")
