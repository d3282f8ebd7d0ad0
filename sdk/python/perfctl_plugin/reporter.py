"""Formats of reports: they render the record of a run.

>>> from perfctl_plugin.reporter import formats
>>> def as_lines(record, view):
...     return "".join(f"{finding['place']['path']}\\n" for finding in record["findings"])
>>> Rendering = formats({"acme-lines": as_lines})

The component is built for the world `reporter`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import failure, output
from .bindings import Refused
from .checked import content, named, shown


@dataclass(frozen=True, slots=True)
class View:
    """What a reader asked to see."""

    colour: bool
    """Whether ANSI colours are wanted."""
    width: int
    """Columns of the terminal; 0 for no limit."""
    suspicions: bool
    """Also findings of low confidence."""
    silenced: bool
    """Also silenced findings."""


class Unrenderable(Exception):
    """The format cannot show this record; says why in one sentence."""


Format = Callable[[dict[str, Any], View], str | bytes]
"""The document of a record, which looks as `perfctl schema run` describes it."""


def formats(functions: Mapping[str, Format]) -> type[Any]:
    """Registers the formats of a component by their names in `pack.toml`. The module that is built has the result under the name
    `Rendering`."""
    if not functions:
        raise ValueError("a plugin has at least one format")
    output.replace_streams()
    failure.keep_sources()

    class Rendering:
        def render(self, format: str, record: bytes, view: Any) -> bytes:
            refused = None
            with failure.Call():
                try:
                    seen = View(view.colour, view.width, view.suspicions, view.silenced)
                    document = named(functions, format, "reporter")(json.loads(record), seen)
                    return content(document)
                except Unrenderable as unrenderable:
                    refused = shown(failure.message(unrenderable))
            raise Refused(refused)

    return Rendering
