"""Prices in cents."""

from __future__ import annotations

from parcel.services.levels import BY_CODE

BASE_CENTS = 390
STEPS_G = ((1_000, 0), (2_000, 60), (5_000, 150), (10_000, 380), (20_000, 690), (31_500, 1_150))
ZONE_CENTS = {"city": 0, "land": 80, "island": 450}


def weight_cents(weight_g: int) -> int:
    """Surcharge for weight; heavier than the last step is freight and not ours."""
    for limit, cents in STEPS_G:
        if weight_g <= limit:
            return cents
    raise ValueError(f"{weight_g} g is freight")


def price_cents(weight_g: int, metres: float, zone: str, level: str = "standard") -> int:
    """Price of one parcel."""
    distance = int(metres / 100_000) * 15
    plain = BASE_CENTS + weight_cents(weight_g) + distance + ZONE_CENTS.get(zone, 0)
    return round(plain * BY_CODE[level].factor)


def basket_cents(weights: list[int], metres: float, zone: str) -> int:
    """Price of several parcels to one door: the second and later ones travel for 40 % less."""
    total = 0.0
    for position, weight_g in enumerate(sorted(weights, reverse=True)):
        price = price_cents(weight_g, metres, zone)
        total += price if position == 0 else price * 0.6
    return round(total)
