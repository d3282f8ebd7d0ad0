"""Says what a component cannot do.

Files, modules and the clock are there while a component is built, and gone when it runs: a call of the system then ends everything at
once, without an exception. What authors try most often raises one instead, so that they read which line it was.
"""

import builtins
import io
import sys
import time
from typing import Any, NoReturn

_CLOCK = ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time", "process_time_ns", "sleep")


class _NoModules:
    """Stands before the finders of modules."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> NoReturn:
        raise ModuleNotFoundError(
            f"`{name}` was not imported when the component was built, and cannot be imported later: import it at the top of a module",
            name=name,
        )


def _refusal(what: str, reason: str) -> Any:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise OSError(f"`{what}` does not work in a plugin: {reason}")

    return refuse


class _Still:
    """The clock of `logging`: its lines have a time whether it is shown or not."""

    @staticmethod
    def time() -> float:
        return 0.0

    @staticmethod
    def time_ns() -> int:
        return 0

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


def begin() -> None:
    """Called once, when the first call of perfctl comes in."""
    sys.meta_path.insert(0, _NoModules)
    no_file = _refusal("open", "it sees no files but those that perfctl shows it; read your own at the top of a module, at build")
    builtins.open = no_file
    io.open = no_file
    for name in _CLOCK:
        setattr(time, name, _refusal(f"time.{name}", "it has no clock, so that the same files give the same findings"))
    if "logging" in sys.modules:
        sys.modules["logging"].time = _Still()  # type: ignore[attr-defined]
