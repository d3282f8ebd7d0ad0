"""Numbers as every language shows them: the shortest digits that are read back as the same number, never with an exponent."""

from math import isfinite, isnan


def plain(value: float) -> str:
    """The text of a number."""
    if not isfinite(value):
        return "NaN" if isnan(value) else str(value)
    mantissa, _, exponent = repr(value).partition("e")
    if not exponent:
        return mantissa.removesuffix(".0")
    sign = "-" if mantissa.startswith("-") else ""
    first, _, more = mantissa.removeprefix("-").partition(".")
    digits = first + more
    if exponent.startswith("-"):
        return f"{sign}0.{'0' * (-int(exponent) - 1)}{digits}"
    return sign + digits.ljust(int(exponent) + 1, "0")
