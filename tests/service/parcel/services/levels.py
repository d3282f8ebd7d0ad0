"""What we promise."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class ServiceLevel:
    """A promise that a shop can buy."""

    code: str
    days: int
    weekend: bool
    factor: float

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


SERVICE_LEVELS = (
    ServiceLevel("standard", days=3, weekend=False, factor=1.0),
    ServiceLevel("express", days=1, weekend=False, factor=1.8),
    ServiceLevel("weekend", days=2, weekend=True, factor=2.1),
)

BY_CODE = {level.code: level for level in SERVICE_LEVELS}
