"""Tracking numbers: two letters, nine digits, one check digit."""

from __future__ import annotations

import re

_FORM = re.compile(r"^[A-Z]{2}\d{10}$")

# Quasigroup of order ten: finds every single wrong digit and every swap of neighbours.
_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> int:
    """The digit that makes `digits` sound."""
    state = 0
    for digit in digits:
        state = _TABLE[state][int(digit)]
    return state


def is_valid(number: str) -> bool:
    """Whether a tracking number has the right form and check digit."""
    return bool(_FORM.match(number)) and check_digit(number[2:-1]) == int(number[-1])


def number(prefix: str, serial: int) -> str:
    """The tracking number of a serial number."""
    if not 0 <= serial < 10**9:
        raise ValueError(f"{serial} does not fit into nine digits")
    digits = f"{serial:09d}"
    return f"{prefix}{digits}{check_digit(digits)}"
