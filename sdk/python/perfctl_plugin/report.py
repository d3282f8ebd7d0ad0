"""How a rule says what it found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from .bindings import exported
from .checked import brief, sentence, shown, text as checked_text
from .matches import Match
from .model import Confidence, Doc, File, Instruction, Node, Reach, Safety, Severity, ShellCommand, Span
from .number import plain

rules = exported("rules")

Place: TypeAlias = Match | Node | Span | File | Doc | Instruction | ShellCommand
"""Anything with a place; that of a match is what matched."""

_SEVERITIES = {None: 0, "low": 1, "medium": 2, "high": 3, "critical": 4}
_CONFIDENCES = {None: 0, "low": 1, "medium": 2, "high": 3}
_REACHES = {None: 0, "request": 1, "worker": 2, "startup": 3, "build": 4, "unknown": 5, "script": 6, "test": 7}
_SAFETIES = {"shown-only": 0, "unsafe": 1, "safe": 2}
_REPLACE, _BEFORE, _AFTER = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one place. `replace`, `before` and `after` make one."""

    at: Place
    text: str
    how: int = _REPLACE


def replace(at: Place, text: str) -> Edit:
    """Puts a text in place of something."""
    return Edit(at, text)


def before(at: Place, text: str) -> Edit:
    """Puts a text before something."""
    return Edit(at, text, _BEFORE)


def after(at: Place, text: str) -> Edit:
    """Puts a text behind something."""
    return Edit(at, text, _AFTER)


@dataclass(frozen=True, slots=True)
class Fix:
    """A ready change. Its class is at most that of `fix` in `rule.toml`."""

    title: str
    """What it does, in the imperative."""
    edits: Iterable[Edit] = field(default_factory=list)
    """Replacements that do not overlap."""
    safety: Safety = "shown-only"
    """What may be done with it unasked."""


def _handle(at: Any) -> int:
    if isinstance(at, Place):
        return at._handle
    raise TypeError(f"a place is a match, a node, a span, a file, a node of a document, an instruction or a command, not {brief(at)}")


def _number(numbers: Mapping[Any, int], what: str, word: Any) -> int:
    try:
        return numbers[word]
    except (KeyError, TypeError):
        known = ", ".join(f'"{known}"' for known in numbers if known)
        raise ValueError(f"{brief(word)} is no {what}: there is {known}") from None


def _text(name: str, value: Any) -> str:
    """A value as every language shows it."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return plain(value)
    raise TypeError(f"`{name}` is a text, a number or a boolean, not {brief(value)}")


def _fix(fix: Fix) -> tuple[str, int, list[Any]]:
    edits = [rules.Edit(_handle(edit.at), edit.how, checked_text(edit.text)) for edit in fix.edits]
    return sentence(fix.title), _number(_SAFETIES, "safety", fix.safety), edits


class Messages:
    """The sentences under `[messages]` of a rule's `rule.toml`."""

    __slots__ = ("_known",)

    def __init__(self, messages: list[Any]) -> None:
        self._known = {message.id: (at, message.parameters) for at, message in enumerate(messages)}

    def fill(self, message: str, args: Mapping[str, Any]) -> tuple[int, list[str]]:
        """The number of a message, and its texts in their order."""
        known = self._known.get(message)
        if known is None:
            names = ", ".join(f"`{name}`" for name in self._known) or "none"
            raise ValueError(f"rule.toml has no message `{message}`: there is {names}")
        at, parameters = known
        try:
            texts = [_text(name, args[name]) for name in parameters]
        except KeyError as missing:
            raise ValueError(f"the message `{message}` needs `{missing.args[0]}`") from None
        if len(args) > len(texts):
            unknown = ", ".join(f"`{name}`" for name in args if name not in parameters)
            raise ValueError(f"the message `{message}` has no {unknown}")
        return at, texts


class Report:
    """Collects the findings of one call; called for each of them. More than 1 000 end the call with an error."""

    __slots__ = ("_messages", "_rows", "_texts", "_related", "_notes", "_fixes", "_count")

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._rows: list[int] = []
        self._texts: list[str] = []
        self._related: list[Any] = []
        self._notes: list[Any] = []
        self._fixes: list[Any] = []
        self._count = 0

    def __call__(
        self,
        at: Place,
        message: str,
        /,
        *,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        reach: Reach | None = None,
        related: Iterable[tuple[Place, str]] = (),
        notes: Mapping[str, str | int | float] | None = None,
        fix: Fix | None = None,
        args: Mapping[str, str | int | float] | None = None,
        **named: str | int | float,
    ) -> None:
        """Reports a finding at a place, with a message of `rule.toml` by its key.

        What stands between braces in the message is given by name; `args` takes those whose name is one of the options here.

        - `severity`: where this place is to be judged otherwise than the rule says.
        - `confidence`: "high" unless said.
        - `reach`: how the code runs; worked out from the place unless said.
        - `related`: places that explain it, each with a sentence; at most 16.
        - `notes`: facts for the reader by key; at most 16.
        - `fix`: a ready change.
        """
        number, texts = self._messages.fill(message, {**args, **named} if args else named)
        row = (
            _handle(at),
            number,
            _number(_SEVERITIES, "severity", severity),
            _number(_CONFIDENCES, "confidence", confidence),
            _number(_REACHES, "reach", reach),
            len(texts),
        )
        # All of it is made before any of it is kept: what is refused here, and caught by the author, must leave nothing for the next.
        places = [(_handle(place), sentence(why)) for place, why in related]
        facts = [(sentence(key), _text(key, value)) for key, value in (notes or {}).items()]
        fixed = [] if fix is None else [_fix(fix)]
        finding = self._count
        self._related.extend(rules.Related(finding, *one) for one in places)
        self._notes.extend(rules.Note(finding, *one) for one in facts)
        self._fixes.extend(rules.Fix(finding, *one) for one in fixed)
        self._rows.extend(row)
        self._texts.extend(texts)
        self._count += 1

    def found(self) -> Any:
        """The findings as perfctl takes them."""
        return rules.Findings(self._rows, self._texts, self._related, self._notes, self._fixes)
