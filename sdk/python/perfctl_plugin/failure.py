"""Tells perfctl what the author's code raised.

An exception that leaves a component is only "unreachable" for perfctl. So type, message, place and the calls that led there go to
`log.failed` first. Python's `traceback` cannot be used: it reads source files, which are not there when the component runs.
"""

import os
import sys
from types import TracebackType
from typing import Any

from . import closed, output
from .bindings import imported
from .checked import shown

log = imported("log")

#: Where this package lies; its frames are none of the author's.
_OWN = os.path.dirname(__file__) + os.sep
#: Frames of the standard library, and of the bindings.
_FOREIGN = (_OWN, os.path.dirname(os.__file__) + os.sep, "/python/", "/bundled/", "/world/", "<")
#: The deepest calls of a trace that are shown.
_MOST_FRAMES = 30

#: Source lines of the author's modules by file, read at build.
_sources: dict[str, list[str]] = {}
_begun = False


def keep_sources() -> None:
    """Reads the source of every module that is the author's, at build."""
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if path and path.endswith(".py") and _is_authors(path) and path not in _sources:
            try:
                with open(path, encoding="utf-8") as source:
                    _sources[path] = source.read().splitlines()
            except (OSError, UnicodeDecodeError):
                continue


def _is_authors(path: str) -> bool:
    return not path.startswith(_FOREIGN)


def _shown(path: str) -> str:
    """A path as the author knows it: componentize-py puts the directories of modules under `/0`, `/1`, ..."""
    first, _, rest = path.lstrip("/").partition("/")
    return rest if first.isdigit() and rest else path


def _frames(trace: TracebackType | None) -> list[tuple[str, int, str]]:
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append((code.co_filename, trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    return frames


def message(error: BaseException) -> str:
    """What an exception says."""
    try:
        return str(error)
    except BaseException as second:  # an exception whose text cannot be made must not hide the exception
        return f"its message raises {type(second).__name__}"


def _place(error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return f"{_shown(error.filename)}:{error.lineno}"
    for path, line, _ in reversed(_frames(error.__traceback__)):
        if _is_authors(path):
            return f"{_shown(path)}:{line}"
    return ""


def _trace(error: BaseException, seen: frozenset[int] = frozenset()) -> str:
    lines = []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and id(cause) not in seen:
        lines.append(_trace(cause, seen | {id(error)}))
        lines.append("raised from it:" if error.__cause__ else "raised while that was handled:")
    frames = [frame for frame in _frames(error.__traceback__) if not frame[0].startswith(_OWN)]
    if len(frames) > _MOST_FRAMES:
        lines.append(f"  ({len(frames) - _MOST_FRAMES} calls left out)")
    for path, line, name in frames[-_MOST_FRAMES:]:
        lines.append(f"  {_shown(path)}:{line} in {name}")
        source = _sources.get(path, ())
        if 0 < line <= len(source):
            lines.append(f"    {source[line - 1].strip()}")
    lines.append(f"{type(error).__name__}: {message(error)}")
    return "\n".join(lines)


class Call:
    """Stands around everything that happens in a call of perfctl. An exception goes on: what leaves the component ends the call."""

    def __enter__(self) -> None:
        global _begun
        if not _begun:
            _begun = True
            output.begin()
            closed.begin()

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        output.end_lines()
        if error is not None:
            parts = (type(error).__name__, message(error), _place(error), _trace(error))
            log.failed(log.Failure(*map(shown, parts)))
            output.mute()
