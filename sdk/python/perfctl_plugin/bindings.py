"""What componentize-py generates from the contract, as far as the world of this component has it.

Outside of a component there is none of it. The package can be imported all the same, so that editors and tests of an author's own
functions work; the first call that needs perfctl then says so.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any


class Absent:
    """Stands for an interface that the world does not have."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if self._name == "files" and find_spec("wit_world") is not None:
            reason = 'needs `capabilities = ["files"]` in pack.toml'
        else:
            reason = "works only inside a component that perfctl runs"
        raise RuntimeError(f"`{self._name}.{name}` {reason}")


def _interface(side: str, name: str) -> Any:
    try:
        return import_module(f"wit_world.{side}.{name}")
    except ModuleNotFoundError:
        return Absent(name)


def imported(name: str) -> Any:
    """The functions of an interface that perfctl offers."""
    return _interface("imports", name)


def exported(name: str) -> Any:
    """The types of an interface that the plugin offers."""
    return _interface("exports", name)


try:
    #: What a call raises that perfctl answers with an error; its `value` is the message.
    Refused: Any = import_module("componentize_py_types").Err
except ModuleNotFoundError:
    Refused = RuntimeError
