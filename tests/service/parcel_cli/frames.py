"""Frames on the printers' serial line: length, payload, CRC-24."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

START = b"\x02PX"
POLYNOMIAL = 0x864CFB


def _table(width: int) -> list[int]:
    rows = []
    for index in range(1 << width):
        crc = index << (24 - width)
        for _ in range(width):
            crc = (crc << 1) ^ POLYNOMIAL if crc & 0x800000 else crc << 1
        rows.append(crc & 0xFFFFFF)
    return rows


# Two bytes at a time halve the steps of a checksum. The table costs its time when the module loads, also for commands
# that never see a frame.
_WIDE = _table(16)
_NARROW = _table(8)


def crc24(data: bytes, crc: int = 0xB704CE) -> int:
    """Checksum of `data`."""
    even = len(data) & ~1
    for at in range(0, even, 2):
        word = (data[at] << 8) | data[at + 1]
        crc = _WIDE[((crc >> 8) ^ word) & 0xFFFF] ^ ((crc << 16) & 0xFFFFFF)
    if even != len(data):
        crc = _NARROW[((crc >> 16) ^ data[even]) & 0xFF] ^ ((crc << 8) & 0xFFFFFF)
    return crc


@dataclass(frozen=True)
class SerialFrame:
    """A payload and whether it arrived whole."""

    payload: bytes
    is_whole: bool


def wrap(payload: bytes) -> bytes:
    """A frame around a payload of at most 65 535 bytes."""
    return START + len(payload).to_bytes(2, "big") + payload + crc24(payload).to_bytes(3, "big")


def unwrap(data: bytes) -> Iterator[SerialFrame]:
    """Frames in a dump; what stands between them is noise."""
    at = data.find(START)
    while at >= 0:
        size = int.from_bytes(data[at + 3:at + 5], "big")
        payload = data[at + 5:at + 5 + size]
        checksum = data[at + 5 + size:at + 8 + size]
        yield SerialFrame(payload, crc24(payload) == int.from_bytes(checksum, "big") and len(checksum) == 3)
        at = data.find(START, at + 8 + size)
