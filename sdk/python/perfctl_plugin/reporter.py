"""Formats of reports: they render the record of a run.

>>> from perfctl_plugin.reporter import formats
>>> def as_lines(record, view):
...     return "".join(f"{finding['path']}\\n" for finding in record["findings"])
>>> Rendering = formats(as_lines)

The component is built for the world `reporter`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import failure, output
from .bindings import Refused


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


def formats(*functions: Format) -> type[Any]:
    """Registers the formats of a component, in the order in which the manifest names them. The module that is built has the result
    under the name `Rendering`."""
    if not functions:
        raise ValueError("a plugin has at least one format")
    output.replace_streams()
    failure.keep_sources()

    class Rendering:
        def render(self, format: int, record: bytes, view: Any) -> bytes:
            refused = None
            with failure.Call():
                try:
                    seen = View(view.colour, view.width, view.suspicions, view.silenced)
                    document = functions[format](json.loads(record), seen)
                    return document.encode() if isinstance(document, str) else bytes(document)
                except Unrenderable as unrenderable:
                    refused = str(unrenderable)
            raise Refused(refused)

    return Rendering
