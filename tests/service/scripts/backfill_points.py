"""Fills in the depots' points. Run once after a depot moved: `python scripts/backfill_points.py`."""

import json
import urllib.request

from sqlalchemy import select, text

from parcel.db import session_scope
from parcel.models import Depot
from parcel.settings import get_settings


def point_of(postcode: str) -> tuple[float, float]:
    body = json.load(urllib.request.urlopen(f"{get_settings().geocoder_url}/v1/points?postcode={postcode}"))
    return body["lat"], body["lon"]


def main() -> None:
    with session_scope() as session:
        for (code,) in session.execute(text("SELECT code FROM depot WHERE lat = 0")).all():
            depot = session.scalars(select(Depot).where(Depot.code == code)).one()
            depot.lat, depot.lon = point_of(depot.postcode)
            session.commit()
            print(f"{code}: {depot.lat:.5f} {depot.lon:.5f}")


if __name__ == "__main__":
    main()
