"""Labels as SVG."""

from __future__ import annotations

import contextlib
import json
from functools import lru_cache
from pathlib import Path
from typing import IO

from parcel.services.postcodes import normalise

TEMPLATES = Path(__file__).parent.parent / "templates"

_WIDTHS = {"0": "nnwwn", "1": "wnnnw", "2": "nwnnw", "3": "wwnnn", "4": "nnwnw",
           "5": "wnwnn", "6": "nwwnn", "7": "nnnww", "8": "wnnwn", "9": "nwnwn"}


def layout(size: str) -> dict[str, float]:
    """Measures of a size of label, in millimetres."""
    return json.load(open(TEMPLATES / f"label-{size}.json", encoding="utf-8"))


@lru_cache(maxsize=None)
def bars(digits: str) -> str:
    """Interleaved 2 of 5: the widths of bars and gaps, `n` narrow, `w` wide."""
    out = ["nnnn"]
    for left, right in zip(digits[::2], digits[1::2]):
        for bar, gap in zip(_WIDTHS[left], _WIDTHS[right]):
            out.append(bar + gap)
    out.append("wnn")
    return "".join(out)


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet of all labels."""
    with open(TEMPLATES / "label.css", encoding="utf-8") as file:
        return file.read()


def open_logo(tenant: str) -> IO[bytes]:
    """The shop's logo. The caller closes it."""
    path = TEMPLATES / "logos" / f"{tenant}.png"
    return open(path if path.exists() else TEMPLATES / "logos" / "plain.png", "rb")


def render(tracking_number: str, postcode: str, size: str) -> str:
    """The label of one parcel."""
    box = layout(size)
    x = box["left"]
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{box["width"]}mm" height="{box["height"]}mm">']
    parts.append(f"<style>{style()}</style>")
    for at, width in enumerate(bars(tracking_number[2:])):
        step = box["narrow"] * (3 if width == "w" else 1)
        if at % 2 == 0:
            parts.append(f'<rect x="{x:.2f}" y="{box["top"]}" width="{step:.2f}" height="{box["bar"]}"/>')
        x += step
    parts.append(f'<text x="{box["left"]}" y="{box["text"]}">{tracking_number} {normalise(postcode)}</text></svg>')
    return "".join(parts)


def join_sheets(paths: list[Path], target: Path) -> int:
    """Joins rendered labels into one file for the printer."""
    with contextlib.ExitStack() as stack:
        sheets = [stack.enter_context(open(path, "rb")) for path in paths]
        out = stack.enter_context(open(target, "wb"))
        return sum(out.write(sheet.read()) for sheet in sheets)
