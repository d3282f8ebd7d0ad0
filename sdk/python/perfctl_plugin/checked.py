"""Checks what goes to perfctl. The bindings end everything at once, without an exception, when a value has another type than the contract."""

import re
from collections.abc import Mapping
from typing import Any

_MOST = 2**32

#: The longest value within a sentence.
_MOST_BRIEF = 120

#: Half a pair of surrogates.
_HALF = re.compile("[\ud800-\udfff]")


def text(given: Any) -> str:
    """A text that perfctl acts on."""
    if not isinstance(given, str):
        raise TypeError(f"a text was expected, not {brief(given)}")
    if not given.isascii():
        given.encode()  # half a pair of surrogates raises
    return given


def content(given: Any) -> bytes:
    """What a file or document holds."""
    if isinstance(given, str):
        return given.encode()
    if isinstance(given, (bytes, bytearray, memoryview)):
        return bytes(given)
    raise TypeError(f"a text or bytes were expected, not {brief(given)}")


def named(functions: Mapping[str, Any], name: str, what: str) -> Any:
    """The function that is registered under a name of the manifest."""
    function = functions.get(name)
    if function is None:
        names = ", ".join(f"`{one}`" for one in functions)
        raise ValueError(f"pack.toml declares the {what} `{name}`, but the component has {names}")
    return function


def count(given: Any) -> int:
    """A position, a line, a number of bytes."""
    if not isinstance(given, int) or isinstance(given, bool):
        raise TypeError(f"a whole number was expected, not {brief(given)}")
    if not 0 <= given < _MOST:
        raise ValueError(f"{given} is no position")
    return given


def texts(given: Any) -> list[str]:
    """Texts; one stands for a list of itself."""
    return [text(given)] if isinstance(given, str) else [text(one) for one in given]


def held(kind: type, given: Any) -> int:
    """The number of a thing."""
    if not isinstance(given, kind):
        raise TypeError(f"a {kind.__name__} was expected, not {brief(given)}")
    handle: int = given._handle  # type: ignore[attr-defined]
    return handle


def shown(given: str) -> str:
    """A text that is only shown. Half a pair of surrogates, as a document in JSON may hold, is replaced."""
    return given if given.isascii() else _HALF.sub("\ufffd", given)


def sentence(given: Any) -> str:
    """A text of the author's that is only shown."""
    if not isinstance(given, str):
        raise TypeError(f"a text was expected, not {brief(given)}")
    return shown(given)


def brief(given: Any) -> str:
    """A value within a sentence."""
    try:
        whole = repr(given)
    except Exception as error:
        return f"something whose text raises {type(error).__name__}"
    return whole if len(whole) <= _MOST_BRIEF else f"{whole[:_MOST_BRIEF]}..."
