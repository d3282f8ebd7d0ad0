from parcel.models import ScanEvent
from parcel.services import board, routing


def test_names_keep_the_order_of_the_parcels(session, parcels):
    assert board.depot_names(session, parcels[:2]) == ["STH", "NTH"]


def test_search_uses_every_filter(session, parcels):
    found = board.search(session, {"depot_id": 1, "status": "in"}, limit=10)
    assert [parcel.id for parcel in found] == [2, 4]


def test_the_newest_scan_wins(session, parcels):
    from datetime import datetime

    for hour in (8, 12, 10):
        session.add(ScanEvent(id=hour, parcel_id=1, kind="in", at=datetime(2026, 1, 5, hour)))
        session.commit()
    assert routing.last_scan(session, 1).at.hour == 12


def test_stops_are_driven_nearest_next():
    points = {1: (0.0, 3.0), 2: (0.0, 1.0), 3: (0.0, 2.0)}
    assert routing.order_stops((0.0, 0.0), points) == [2, 3, 1]
