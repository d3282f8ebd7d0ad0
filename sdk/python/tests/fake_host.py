"""Stands in for what componentize-py generates, so that the package runs in plain Python."""

import sys
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace
from typing import Any

NODE, SPAN, FILE = 1 << 28, 2 << 28, 3 << 28

_INTERFACES = (
    "types declared log node loop func file span doc dockerfile docker_stage instruction shell_command load_hop repository files"
).split()


class Err(Exception):
    def __init__(self, value: str) -> None:
        self.value = value


@dataclass
class Valued:
    value: Any


@dataclass
class Argument_Name(Valued):
    pass


@dataclass
class Argument_Position(Valued):
    pass


@dataclass
class Literal_Unknown:
    pass


@dataclass
class Literal_Null:
    pass


@dataclass
class Literal_Number(Valued):
    pass


def record(*names: str) -> Any:
    return lambda *values: SimpleNamespace(**dict(zip(names, values, strict=True)))


def module(name: str, **members: Any) -> ModuleType:
    made = sys.modules[name] = ModuleType(name)
    for key, value in members.items():
        setattr(made, key, value)
    return made


class Host:
    """What perfctl would be told."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.failures: list[Any] = []
        module("componentize_py_types", Err=Err)
        for package in ("wit_world", "wit_world.imports", "wit_world.exports"):
            module(package, __path__=[])
        self.imports = {name: module(f"wit_world.imports.{name}") for name in _INTERFACES}
        self.give("types", Argument_Name=Argument_Name, Argument_Position=Argument_Position)
        self.give("types", Literal_Unknown=Literal_Unknown, Literal_Null=Literal_Null, Literal_Number=Literal_Number)
        self.give("log", print=self.printed.append, failed=self.failures.append)
        self.give("log", Failure=record("kind", "message", "place", "trace"))
        module(
            "wit_world.exports.rules",
            Related=record("finding", "at", "message"),
            Note=record("finding", "key", "value"),
            Edit=record("at", "how", "text"),
            Fix=record("finding", "title", "safety", "edits"),
            Findings=record("rows", "texts", "related", "notes", "fixes"),
            Verdict_NotApplicable=record("not_applicable"),
            Verdict_NeedsEvidence=record("needs_evidence"),
        )
        module(
            "wit_world.exports.collection",
            Metric=record("name", "unit", "samples", "labels"),
            Artifact=record("name", "content"),
            Collected=record("metrics", "notes", "artifacts", "inconclusive"),
        )

    def give(self, interface: str, **functions: Any) -> None:
        """Functions of an interface."""
        for name, function in functions.items():
            setattr(self.imports[interface], name, function)


#: Before the package is imported anywhere: it looks for the bindings once.
host = Host()
