"""Delivery zones by postcode."""

from __future__ import annotations

from dataclasses import dataclass

from cachetools import TTLCache

from parcel.services.postcodes import find_place, outward_code

ISLANDS = ("HS", "IV40", "KA27", "KW15", "KW16", "KW17", "PA20", "ZE")


@dataclass
class Tariff:
    """What a zone's tariff says today."""

    zone: str
    cents_per_km: int


# One entry for each zone, filled when the module loads.
_tariffs: dict[str, Tariff] = {}
for _zone, _cents in (("city", 4), ("land", 7), ("island", 19)):
    _tariffs[_zone] = Tariff(_zone, _cents)

_zones: dict[str, str] = {}

_surcharges: TTLCache[str, int] = TTLCache(maxsize=10_000, ttl=900)


def zone_of(postcode: str) -> str:
    """City, land or island."""
    zone = _zones.get(postcode)
    if zone is None:
        place = find_place(postcode)
        if outward_code(postcode).startswith(ISLANDS):
            zone = "island"
        else:
            zone = "city" if place is not None and place.people_per_km2 > 1_500 else "land"
        _zones[postcode] = zone
    return zone


def tariff_of(postcode: str) -> Tariff:
    return _tariffs[zone_of(postcode)]


def surcharge_cents(postcode: str, metres: float) -> int:
    """Surcharge for the last mile; tariffs change four times an hour at most."""
    if postcode not in _surcharges:
        _surcharges[postcode] = round(tariff_of(postcode).cents_per_km * metres / 1000)
    return _surcharges[postcode]
