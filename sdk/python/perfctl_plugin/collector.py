"""Collectors: they turn the output of a tool into metrics.

>>> from perfctl_plugin.collector import Collected, Metric, collectors
>>> def wall_time(output, options):
...     return Collected([Metric("wall-time", "ms", [float(line) for line in output.stdout.split()])])
>>> Collection = collectors({"acme-time": wall_time})

The component is built for the world `collector`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import failure, output as streams
from .bindings import Refused, exported
from .checked import content, named, sentence, shown, text

collection = exported("collection")


@dataclass(frozen=True, slots=True)
class Output:
    """What a command left."""

    stdout: bytes
    """Standard output."""
    stderr: bytes
    """Standard error."""
    exit_code: int | None
    """Exit code; none when a signal or the timeout ended it."""
    timed_out: bool
    """Whether the timeout ended it."""

    @property
    def text(self) -> str:
        """Standard output as text; what is no UTF-8 is replaced."""
        return self.stdout.decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Metric:
    """A number with its samples."""

    name: str
    """Its name, one of those that the manifest lists."""
    unit: str
    """Its unit, as in recipes: `ms`, `MiB`, `count`, ..."""
    samples: Sequence[float]
    """The raw samples, in that unit; all metrics of a call have 100 000 together at most."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What tells it from others of its name."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What was made of the output."""

    metrics: Sequence[Metric] = ()
    """Numbers."""
    notes: Sequence[str] = ()
    """Sentences for the report, such as an absent dependency."""
    inconclusive: str | None = None
    """Set when the output exists but measures nothing: why, and what to do."""
    artifacts: Mapping[str, str | bytes] = field(default_factory=dict)
    """Files to keep beside the raw output, by their names, which have no folders."""


class Unreadable(Exception):
    """The output is not what the collector reads; says in one sentence what it is instead."""


Collector = Callable[[Output, dict[str, str]], Collected]
"""Reads an output, with the options of the recipe's step."""


def collectors(functions: Mapping[str, Collector]) -> type[Any]:
    """Registers the collectors of a component by their names in `pack.toml`. The module that is built has the result under the name
    `Collection`."""
    if not functions:
        raise ValueError("a plugin has at least one collector")
    streams.replace_streams()
    failure.keep_sources()

    class Collection:
        def collect(self, collector: str, output: Any, options: list[tuple[str, str]]) -> Any:
            refused = None
            with failure.Call():
                try:
                    given = Output(output.stdout, output.stderr, output.exit_code, output.timed_out)
                    return _told(named(functions, collector, "collector")(given, dict(options)))
                except Unreadable as unreadable:
                    refused = shown(failure.message(unreadable))
            raise Refused(refused)

    return Collection


def _told(collected: Collected) -> Any:
    metrics = [
        collection.Metric(
            text(metric.name),
            text(metric.unit),
            [float(sample) for sample in metric.samples],
            [(text(name), sentence(value)) for name, value in metric.labels.items()],
        )
        for metric in collected.metrics
    ]
    inconclusive = collected.inconclusive
    notes = [sentence(note) for note in collected.notes]
    artifacts = [collection.Artifact(text(name), content(held)) for name, held in collected.artifacts.items()]
    return collection.Collected(metrics, notes, artifacts, None if inconclusive is None else sentence(inconclusive))
