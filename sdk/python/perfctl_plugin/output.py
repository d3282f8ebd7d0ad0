"""What a plugin prints goes to `log.print`, line by line: there is no standard output behind a component."""

import io
import sys
import warnings
from typing import Any, TextIO

from .bindings import imported
from .checked import shown

log = imported("log")


def _hand_over(before: Any, output: Any) -> None:
    """Handlers of `logging` keep the stream that they found when they were made."""
    logging = sys.modules.get("logging")
    for reference in logging._handlerList if logging else []:
        handler = reference()
        if before is not None and getattr(handler, "stream", None) is before:
            handler.stream = output


class Output(io.TextIOBase):
    """A stream in place of `sys.stdout` and `sys.stderr`. While the component is built it passes everything on."""

    def __init__(self, before: TextIO) -> None:
        self._before: TextIO | None = before
        self._line = ""
        self._is_muted = False

    def begin(self) -> None:
        """From now on perfctl shows the lines."""
        _hand_over(self._before, self)
        self._before = None

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._before is not None:
            return self._before.write(text)
        if self._is_muted:
            return len(text)
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            log.print(shown(line))
        return len(text)

    def flush(self) -> None:
        if self._before is not None:
            self._before.flush()

    def mute(self) -> None:
        """Shows nothing more. What is written behind a failure is componentize-py's own report of it."""
        self._is_muted = True

    def end_line(self) -> None:
        """Shows what has no end of a line yet."""
        if self._line:
            line, self._line = self._line, ""
            log.print(shown(line))


def _show_warning(message: Any, category: type[Warning], filename: str, lineno: int, file: Any = None, line: Any = None) -> None:
    # The function that Python has would read the source file to show the line.
    log.print(shown(f"{category.__name__}: {message}"))


_streams: list[Output] = []


def replace_streams() -> None:
    """Puts the streams in place, at build."""
    if not _streams:
        _streams.extend((Output(sys.stdout), Output(sys.stderr)))
        sys.stdout, sys.stderr = _streams


def begin() -> None:
    """Called once, when the first call of perfctl comes in."""
    for stream in _streams:
        stream.begin()
    warnings.showwarning = _show_warning


def end_lines() -> None:
    """Called at the end of every call."""
    for stream in _streams:
        stream.end_line()


def mute() -> None:
    """Called when a failure was told."""
    for stream in _streams:
        stream.mute()
