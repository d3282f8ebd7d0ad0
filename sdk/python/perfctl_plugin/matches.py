"""What the matchers of a rule found in a file, on the rows that perfctl hands over: reading them asks perfctl nothing."""

from collections.abc import Iterator
from typing import Any

from .model import File, Node, Span

#: Numbers of a row: matcher, capture, first byte, where it ends, and what it is.
_STRIDE = 5
#: The upper four bits of a number say what it is.
_NODE, _SPAN, _FILE = 1, 2, 3


class Declared:
    """The matchers that `rule.toml` declares, as the rows number them."""

    __slots__ = ("names", "captures")

    def __init__(self, matchers: list[Any]) -> None:
        self.names = [matcher.name for matcher in matchers]
        self.captures = [{name: at + 1 for at, name in enumerate(matcher.captures)} for matcher in matchers]


class Match:
    """A match of one of the rule's matchers."""

    __slots__ = ("_matches", "_row", "_end")

    def __init__(self, matches: "Matches", row: int, end: int) -> None:
        self._matches = matches
        self._row = row
        self._end = end

    @property
    def matcher(self) -> str:
        """The matcher's name."""
        return self._matches._declared.names[self._matches._rows[self._row]]

    @property
    def file(self) -> File:
        """The file."""
        return self._matches.file

    @property
    def node(self) -> Node | None:
        """What matched, for matchers over code; none where a pattern matched something that the tree leaves out."""
        return Node(self._handle) if self._handle >> 28 == _NODE else None

    @property
    def span(self) -> Span | None:
        """The bytes that matched; none when the file as a whole matched."""
        if self._handle >> 28 == _SPAN:
            return Span(self._handle)
        bytes = self.bytes
        return bytes and self._matches.file.span(*bytes)

    @property
    def bytes(self) -> tuple[int, int] | None:
        """The first byte of what matched, and where it ends; none when the file as a whole matched."""
        start, end, handle = self._matches._rows[self._row + 2 : self._row + 5]
        return None if handle >> 28 == _FILE else (start, end)

    @property
    def _handle(self) -> int:
        # What matched is a place, too: a finding may stand there.
        return self._matches._rows[self._row + 4]

    def capture(self, name: str) -> Node | Span | None:
        """What a variable of a pattern stands for: a node, else its bytes; of `$$$NAME` the first."""
        return next(self._captured(name), None)

    def captures(self, name: str) -> list[Node | Span]:
        """Everything that `$$$NAME` stands for."""
        return list(self._captured(name))

    def _captured(self, name: str) -> Iterator[Node | Span]:
        rows = self._matches._rows
        known = self._matches._declared.captures[rows[self._row]]
        number = known.get(name)
        if number is None:
            raise ValueError(f"the matcher `{self.matcher}` captures no `{name}`{_known(known)}")
        for row in range(self._row + _STRIDE, self._end, _STRIDE):
            if rows[row + 1] == number:
                handle = rows[row + 4]
                yield Node(handle) if handle >> 28 == _NODE else Span(handle)

    def __repr__(self) -> str:
        return f"<Match of {self.matcher} at {self.bytes}>"


class Matches:
    """The matches of a rule in a file, in their order."""

    __slots__ = ("file", "_rows", "_declared", "_starts")

    def __init__(self, file: File, rows: list[int], declared: Declared) -> None:
        self.file = file
        self._rows = rows
        self._declared = declared
        # Where each match begins: rows of captures have another number than 0.
        self._starts = [at * _STRIDE for at, number in enumerate(rows[1::_STRIDE]) if number == 0]

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Match]:
        ends = self._starts[1:]
        ends.append(len(self._rows))
        return map(Match, (self,) * len(ends), self._starts, ends)

    def __getitem__(self, at: int) -> Match:
        at = range(len(self._starts))[at]
        end = self._starts[at + 1] if at + 1 < len(self._starts) else len(self._rows)
        return Match(self, self._starts[at], end)

    def of(self, matcher: str) -> list[Match]:
        """The matches of the matcher with that name."""
        if matcher not in self._declared.names:
            raise ValueError(f"the rule has no matcher `{matcher}`{_known(self._declared.names)}")
        number = self._declared.names.index(matcher)
        return [match for match in self if self._rows[match._row] == number]


def _known(names: Any) -> str:
    return ": there is " + ", ".join(f"`{name}`" for name in names) if names else ": there is none"
