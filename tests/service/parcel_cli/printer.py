"""Jobs in the label printers' language."""

from __future__ import annotations

from parcel_cli import tracking

DOTS_PER_MM = 8
FONTS = {"small": 2, "large": 4}


def _text(x_mm: float, y_mm: float, font: str, text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'A{round(x_mm * DOTS_PER_MM)},{round(y_mm * DOTS_PER_MM)},0,{FONTS[font]},1,1,N,"{quoted}"'


def _bars(x_mm: float, y_mm: float, digits: str) -> str:
    return f'B{round(x_mm * DOTS_PER_MM)},{round(y_mm * DOTS_PER_MM)},0,2,3,7,200,B,"{digits}"'


def job(number: str, postcode: str, copies: int = 1) -> bytes:
    """The job that prints one label."""
    if not tracking.is_valid(number):
        raise ValueError(f"{number} is no tracking number")
    lines = ["N", "q840", _text(6, 5, "large", postcode.upper()), _bars(6, 18, number[2:]), _text(6, 50, "small", number)]
    return "\n".join([*lines, f"P{copies}", ""]).encode("ascii", "replace")
