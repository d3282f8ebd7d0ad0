"""What a depot's hand scanner sends: frames of digits with a check digit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parcel_cli.tracking import check_digit


@dataclass(frozen=True)
class Frame:
    """One reading."""

    device: str
    digits: str

    @property
    def is_good(self) -> bool:
        return check_digit(self.digits[:-1]) == int(self.digits[-1])


class FrameScanner:
    """Finds frames in a stream of bytes that may begin anywhere."""

    def __init__(self, device: str) -> None:
        self.device = device
        self._rest = b""

    def scan(self, data: bytes) -> Iterator[Frame]:
        """Frames that are complete; the rest waits for more."""
        *lines, self._rest = (self._rest + data).split(b"\r")
        for line in lines:
            digits = line.strip(b"\x02\x03 ").decode("ascii", "ignore")
            if digits.isdigit():
                yield Frame(self.device, digits)


def readings(device: str, blocks: list[bytes]) -> list[str]:
    """Good readings of a day's dump."""
    scanner = FrameScanner(device)
    good = []
    for block in blocks:
        for frame in scanner.scan(block):
            if frame.is_good:
                good.append(frame.digits)
    return good
