# Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.
"""The audited repository as rules see it.

Bytes and indices count from 0, and what ends somewhere ends before that byte. Lines count from 1. Paths have forward slashes and start
at the root of the audited repository. An object means something until the call returns in which a rule got it.

What perfctl answers with an error, such as a pattern that could not fit any path, is raised as a `ValueError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

from .bindings import Refused, imported
from .checked import count as _count
from .checked import held as _held
from .checked import text as _text
from .checked import texts as _texts

_T = TypeVar("_T")


def _ask(function: Callable[..., Any], *given: Any) -> Any:
    try:
        return function(*given)
    except Refused as refused:
        raise ValueError(refused.value) from None


def _maybe(kind: Callable[[Any], _T], given: Any) -> _T | None:
    return None if given is None else kind(given)


def _each(kind: Callable[[Any], _T], given: Iterable[Any]) -> list[_T]:
    return [kind(one) for one in given]


def _argument(key: str | int) -> Any:
    return _types.Argument_Name(_text(key)) if isinstance(key, str) else _types.Argument_Position(_count(key))


def _literal(given: Any) -> tuple[str | int | float | bool | None, bool]:
    if isinstance(given, _types.Literal_Unknown):
        return None, False
    if isinstance(given, _types.Literal_Null):
        return None, True
    value = given.value
    return (int(value) if isinstance(value, float) and value.is_integer() else value), True


def _scalar(given: Any) -> str | int | float | bool | None:
    return _literal(given)[0]


_types = imported("types")
_node = imported("node")
_loop = imported("loop")
_func = imported("func")
_file = imported("file")
_span = imported("span")
_doc = imported("doc")
_dockerfile = imported("dockerfile")
_docker_stage = imported("docker_stage")
_instruction = imported("instruction")
_shell_command = imported("shell_command")
_load_hop = imported("load_hop")
_repository = imported("repository")
_files = imported("files")

Reach: TypeAlias = Literal["request", "worker", "startup", "build", "unknown", "script", "test"]
"""How the code at a place comes to run."""

Severity: TypeAlias = Literal["low", "medium", "high", "critical"]
"""What a finding costs if it is true."""

Confidence: TypeAlias = Literal["low", "medium", "high"]
"""How probable it is that a finding is true: "high" when every fact that separates it from the known false alarms was decided,
"medium" when one could not be decided, "low" for a suspicion that is shown on request only.
"""

Safety: TypeAlias = Literal["safe", "unsafe", "shown-only"]
"""What may be done with a fix unasked: "safe" is written by default, "unsafe" on request, "shown-only" never."""

PathClass: TypeAlias = Literal["source", "test", "migration", "script", "example", "generated", "vendored"]
"""What kind of file a path is."""

Side: TypeAlias = Literal["server", "browser", "unknown"]
"""Where code runs."""

Presence: TypeAlias = Literal["given", "absent", "hidden"]
"""Whether something was found: "given", "absent" (known not to be there), or "hidden" (it may be there, but cannot be seen: behind
`**options` that come from elsewhere, behind a template). Only "absent" is a reason to report.
"""

Effect: TypeAlias = Literal[
    "db-read", "db-write", "db-connect", "http", "cache", "queue", "storage", "disk", "process", "sleep",
    "mail", "secret", "compute", "rpc",
]
"""What running a call does to the world."""

LoopKind: TypeAlias = Literal["constant", "stream", "chunk", "paging", "retry", "poll", "per-item", "unknown"]
"""What a loop turns over: few constants, the rows of one stream, slices of the data, pages, attempts, time, the items of some data."""

NodeKind: TypeAlias = Literal[
    "module", "block", "function", "param", "class", "if", "for", "c-for", "while", "with", "with-item",
    "try", "handler", "switch", "case", "expr-stmt", "assign", "aug-assign", "return", "raise", "break",
    "continue", "delete", "global", "assert", "go", "defer", "import", "import-name", "export", "name",
    "attr", "call", "kw-arg", "spread", "index", "slice", "str", "template", "num", "bool", "null",
    "list", "set", "dict", "pair", "await", "yield", "comprehension", "clause", "compare", "logic",
    "binary", "unary", "conditional", "jsx", "type", "other",
]
"""What a node of code is. The tree is the same for Python, JavaScript, TypeScript and Go; brackets, type assertions and Go's `&x`
and `*x` are left out.
"""

NodeRole: TypeAlias = Literal[
    "body", "else", "test", "init", "step", "iter", "target", "value", "callee", "arg", "key", "index",
    "item", "handler", "finally", "decorator", "param", "returns", "type", "default", "base",
]
"""What a child is to its parent."""

NodeFlag: TypeAlias = Literal[
    "async", "generator", "static", "lambda", "new", "composite", "type-only", "export", "const",
    "declare",
]
"""Modifiers of a node."""

FeedKind: TypeAlias = Literal["copy", "mount"]

SqlTableKind: TypeAlias = Literal["base", "cte", "derived", "function", "catalog", "hole"]

SqlStatementKind: TypeAlias = Literal["select", "insert", "update", "delete", "ddl", "other"]

SqlStatementLimit: TypeAlias = Literal["yes", "no", "unknown"]

SqlStatementFilter: TypeAlias = Literal["yes", "no", "unknown"]

NodeSort: TypeAlias = Literal["library", "project", "param", "literal", "unknown"]

FileLanguage: TypeAlias = Literal["python", "javascript", "typescript", "go"]

DocKind: TypeAlias = Literal["map", "list", "scalar", "null", "unknown"]

FilesAt: TypeAlias = Literal["file", "directory"]


@dataclass(frozen=True, slots=True)
class Hop:
    """One call on the way to an effect."""

    path: str
    """The file."""

    symbol: str
    """The function that makes the call."""

    callee: str
    """What it calls."""

    node: Node | None
    """The call; absent when its file cannot be read any more."""

    @classmethod
    def _of(cls, given: Any) -> Hop:
        return cls(given.path, given.symbol, given.callee, _maybe(Node, given.node))


@dataclass(frozen=True, slots=True)
class Stop:
    """One function on a route."""

    path: str
    """The file."""

    symbol: str
    """Its qualified name."""

    @classmethod
    def _of(cls, given: Any) -> Stop:
        return cls(given.path, given.symbol)


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a value."""

    node: Node
    """The name that stands for it; the expression itself in the first."""

    top: Node
    """The outermost expression that carries it."""

    calls: list[Node]
    """The calls that it is given to on the way there, innermost first."""

    @classmethod
    def _of(cls, given: Any) -> Use:
        return cls(Node(given.node), Node(given.top), _each(Node, given.calls))


@dataclass(frozen=True, slots=True)
class Image:
    """A reference to an image."""

    written: str
    """As written."""

    resolved: str
    """With variables filled in as far as they are known."""

    name: str | None
    """Its name without registry, tag and digest: `python`, `library/python`; none when a variable decides it."""

    short_name: str | None
    """The last part of its name."""

    registry: str | None
    """Its registry."""

    tag: str | None
    """Its tag."""

    digest: str | None
    """Its digest."""

    is_scratch: bool
    """Whether it is `scratch`."""

    is_unknown: bool
    """Whether a variable without a value decides a part of it."""

    @classmethod
    def _of(cls, given: Any) -> Image:
        return cls(
            given.written, given.resolved, given.name, given.short_name, given.registry, given.tag, given.digest,
            given.is_scratch, given.is_unknown,
        )


@dataclass(frozen=True, slots=True)
class Feed:
    """Something that a stage takes from elsewhere."""

    stage: DockerStage | None
    """The stage that it comes from."""

    image: Image | None
    """The image that it comes from."""

    kind: FeedKind
    """How it is taken: `copy` for `COPY --from`, `mount` for a mount of RUN."""

    instruction: Instruction
    """The instruction that takes it."""

    at: Span
    """Where the source is named."""

    @classmethod
    def _of(cls, given: Any) -> Feed:
        return cls(
            _maybe(DockerStage, given.stage), _maybe(Image._of, given.image), given.kind,
            Instruction(given.instruction), Span(given.at),
        )


@dataclass(frozen=True, slots=True)
class SqlTable:
    """A table in a statement of SQL."""

    name: str
    """Its name."""

    kind: SqlTableKind
    """What it is: `base`, `cte`, `derived`, `function`, `catalog` or `hole`."""

    alias: str | None
    """The name that the statement gives it."""

    @classmethod
    def _of(cls, given: Any) -> SqlTable:
        return cls(given.name, given.kind, given.alias)


@dataclass(frozen=True, slots=True)
class SqlStar:
    """The `*` or `t.*` that a statement selects. Positions are bytes of the text that was read."""

    start: int
    """Its first byte."""

    end: int
    """Where it ends."""

    qualifier: str | None
    """What stands before the dot."""

    @classmethod
    def _of(cls, given: Any) -> SqlStar:
        return cls(given.start, given.end, given.qualifier)


@dataclass(frozen=True, slots=True)
class SqlComparison:
    """What a filter compares."""

    column: str
    """The column."""

    operator: str
    """How: `equal`, `range`, `in`, `like`, `null` or `other`."""

    @classmethod
    def _of(cls, given: Any) -> SqlComparison:
        return cls(given.column, given.operator)


@dataclass(frozen=True, slots=True)
class SqlStatement:
    """A statement of SQL. Positions are bytes of the text that was read."""

    kind: SqlStatementKind
    """What it does: `select`, `insert`, `update`, `delete`, `ddl` or `other`."""

    start: int
    """Its first byte."""

    end: int
    """Where it ends."""

    star: SqlStar | None
    """The `*` or `t.*` that it selects, if it does."""

    returning_star: bool
    """Whether it returns `*`."""

    limit: SqlStatementLimit
    """Whether it has a limit: `yes`, `no` or `unknown`."""

    filter: SqlStatementFilter
    """Whether it filters rows: `yes`, `no` or `unknown`."""

    compares: list[SqlComparison]
    """What its filter compares."""

    order_by: list[str]
    """What it orders by."""

    aggregates_only: bool
    """Whether it selects aggregates only."""

    reads: list[SqlTable]
    """Every table that is read."""

    writes: list[SqlTable]
    """Every table that is written."""

    sources: list[SqlTable]
    """The tables of its outermost FROM."""

    @classmethod
    def _of(cls, given: Any) -> SqlStatement:
        return cls(
            given.kind, given.start, given.end, _maybe(SqlStar._of, given.star), given.returning_star,
            given.limit, given.filter, _each(SqlComparison._of, given.compares), given.order_by,
            given.aggregates_only, _each(SqlTable._of, given.reads), _each(SqlTable._of, given.writes),
            _each(SqlTable._of, given.sources),
        )


@dataclass(frozen=True, slots=True)
class DeployTarget:
    """Where a file is deployed."""

    name: str
    """The platform: `lambda`, `kubernetes`."""

    path: str
    """The file that says so."""

    scales_to_zero: bool
    """Whether nothing runs there while nobody asks, so that a request may wait for a start."""

    @classmethod
    def _of(cls, given: Any) -> DeployTarget:
        return cls(given.name, given.path, given.scales_to_zero)


class Node:
    """A node of code. The tree is the same for Python, JavaScript, TypeScript and Go; brackets, type assertions and Go's `&x` and `*x` are
    left out.
    """

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and (self._handle == other._handle or _node.same(self._handle, other._handle))

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Node {self.kind} in line {self.line}>"

    @property
    def kind(self) -> NodeKind:
        """What it is: `call`, `name`, `for`, ... The words are those of `NodeKind` in the stubs for Lua."""
        return _node.kind(self._handle)

    @property
    def text(self) -> str:
        """What it says: a name, the value of a string, a number as written, an operator; empty where nothing is said."""
        return _node.text(self._handle)

    @property
    def source(self) -> str:
        """Its code as written."""
        return _node.source(self._handle)

    @property
    def line(self) -> int:
        """Its first line."""
        return _node.line(self._handle)

    @property
    def last_line(self) -> int:
        """Its last line."""
        return _node.last_line(self._handle)

    @property
    def name(self) -> str:
        """The last name of what a call calls, of an attribute, or the name itself."""
        return _node.name(self._handle)

    @property
    def id(self) -> int:
        """A number that tells it from other nodes of its file."""
        return _node.id(self._handle)

    @property
    def file(self) -> File:
        """The file it stands in."""
        return File(_node.file(self._handle))

    def has(self, flag: NodeFlag) -> bool:
        """Whether it carries a modifier: `async`, `generator`, `static`, `lambda`, `new`, `composite`, `type-only`, `export`, `const`, `declare`."""
        return _ask(_node.has, self._handle, _text(flag))

    def parent(self) -> Node | None:
        """Its parent; none for the file's root."""
        return _maybe(Node, _node.parent(self._handle))

    def child(self, role: NodeRole) -> Node | None:
        """Its first child with that role: `callee`, `arg`, `value`, `body`, ..."""
        return _maybe(Node, _ask(_node.child, self._handle, _text(role)))

    def children(self, role: NodeRole | None = None) -> list[Node]:
        """Its children in order, all or those with that role."""
        return _each(Node, _ask(_node.children, self._handle, _maybe(_text, role)))

    def descendants(self, kinds: NodeKind | Iterable[NodeKind], names: str | Iterable[str] | None = None) -> list[Node]:
        """Every node below it of these kinds, in order, at most 20 000; with `names` only those whose `name` is one of them: far quicker than
        to look at all.
        """
        return _each(Node, _node.descendants(self._handle, _texts(kinds), _maybe(_texts, names)))

    def enclosing(self, kinds: NodeKind | Iterable[NodeKind]) -> Node | None:
        """The nearest node around it of these kinds."""
        return _maybe(Node, _node.enclosing(self._handle, _texts(kinds)))

    def is_within(self, other: Node) -> bool:
        """Whether it is `other` or lies below it."""
        return _node.is_within(self._handle, _held(Node, other))

    def same(self, other: Node) -> bool:
        """Whether it is the same node of the same file."""
        return _node.same(self._handle, _held(Node, other))

    def role(self) -> str:
        """What it is to its parent: the word of a role, or `root`, `case`, `lower` or `upper`."""
        return _node.role(self._handle)

    def statement(self) -> Node | None:
        """The statement it is or stands in."""
        return _maybe(Node, _node.statement(self._handle))

    def next_statement(self) -> Node | None:
        """The statement after this one in the same block."""
        return _maybe(Node, _node.next_statement(self._handle))

    def reads_from(self, other: Node) -> bool:
        """Whether it reads a name that `other` binds (the targets of an assignment, of a loop)."""
        return _node.reads_from(self._handle, _held(Node, other))

    def bytes(self) -> tuple[int, int]:
        """Its first byte, and where it ends."""
        return _node.bytes(self._handle)

    def target(self) -> list[str]:
        """What a call calls, as dotted paths resolved through imports, aliases and assignments (`requests.Session.get`); for code of the
        repository `path:symbol`. Several when branches differ, none when it is not known.
        """
        return _node.target(self._handle)

    def origin(self) -> list[str]:
        """Where a value comes from, in the same form."""
        return _node.origin(self._handle)

    def sort(self) -> NodeSort:
        """What sort of thing a value is, by its first origin: `library`, `project`, `param`, `literal` or `unknown`."""
        return _node.sort(self._handle)

    def is_(self, patterns: str | Iterable[str]) -> bool:
        """Whether a call calls one of these."""
        return _ask(_node.is_, self._handle, _texts(patterns))

    def comes_from(self, patterns: str | Iterable[str]) -> bool:
        """Whether a value comes from one of these: the result of a call is `requests.Session()`."""
        return _ask(_node.comes_from, self._handle, _texts(patterns))

    def fact(self, key: str) -> str | None:
        """What the packs' facts say of what a call calls, by key: `kind`, `library`, `timeout`, ..."""
        return _node.fact(self._handle, _text(key))

    def receiver(self) -> Node | None:
        """What a method is called on, or an attribute is read from."""
        return _maybe(Node, _node.receiver(self._handle))

    def effects(self) -> tuple[list[Effect], list[Effect]]:
        """What a call does through the functions of this repository that it runs (`db-read`, `http`, `sleep`, ...); second, what of it holds up
        the caller. Nothing for a call of a library: what that does, `fact` says.
        """
        return _node.effects(self._handle)

    def chain(self, effects: Effect | Iterable[Effect], blocking: bool = False) -> list[Hop]:
        """The calls below this one, in the functions of this repository that it runs, down to the one that has one of the effects; empty
        when none has. `blocking` asks for effects that hold up the caller.
        """
        return _each(Hop._of, _ask(_node.chain, self._handle, _texts(effects), bool(blocking)))

    def from_loop(self) -> list[Hop] | None:
        """The calls by which a coroutine gets to the function around this node in the thread of its own event loop; empty when that is a
        coroutine itself, none when none gets there.
        """
        return _maybe(lambda one: _each(Hop._of, one), _node.from_loop(self._handle))

    def callees(self) -> list[Func]:
        """The functions of this repository that a call runs, at most 64."""
        return _each(Func, _node.callees(self._handle))

    def literal(self) -> tuple[str | int | float | bool | None, bool]:
        """The literal that it is or stands for, here or in another file, and whether it is known: null is None and known, and what is put into a template stands in it as `{}`."""
        return _literal(_node.literal(self._handle))

    def joined(self) -> str | None:
        """What a string says together with what is added to it: `"SELECT " + columns` is `SELECT {}`. None behind another part."""
        return _node.joined(self._handle)

    def arg(self, key: str | int) -> tuple[Node | None, Presence]:
        """The argument of a call by name or position."""
        part0, part1 = _node.arg(self._handle, _argument(key))
        return _maybe(Node, part0), part1

    def args(self) -> list[Node]:
        """Every argument of a call, as values."""
        return _each(Node, _node.args(self._handle))

    def entry(self, key: str) -> tuple[Node | None, Presence]:
        """The value under a key of a dictionary, object or struct literal, or of the one that a name stands for."""
        part0, part1 = _node.entry(self._handle, _text(key))
        return _maybe(Node, part0), part1

    def value(self) -> Node | None:
        """The one value that a name was given in this file."""
        return _maybe(Node, _node.value(self._handle))

    def definition(self) -> Node | None:
        """What defines an imported name or an attribute of an instance, in whatever file: the value of its only assignment, or the
        function or class.
        """
        return _maybe(Node, _node.definition(self._handle))

    def param_position(self) -> int | None:
        """Which parameter of the function around a name is."""
        return _node.param_position(self._handle)

    def loops(self) -> list[Loop]:
        """The loops around it within its function, innermost first; functions handed to `map`, `forEach` and the like are looked through."""
        return _each(Loop, _node.loops(self._handle))

    def func(self) -> Func | None:
        """The function that it is, or the one around it; none at the top level."""
        return _maybe(Func, _node.func(self._handle))

    def reach(self) -> Reach:
        """How the code here comes to run: `request`, `worker`, `startup`, `build`, `script`, `test` or `unknown`."""
        return _node.reach(self._handle)

    def symbol(self) -> str:
        """Qualified name of the function or class around it; empty at the top level."""
        return _node.symbol(self._handle)

    def route(self) -> list[Stop]:
        """The functions from the one that a platform calls down to the one around this node."""
        return _each(Stop._of, _node.route(self._handle))

    def is_awaited(self) -> bool:
        """Whether it is an `await`, or awaited."""
        return _node.is_awaited(self._handle)

    def argument_of(self) -> list[Node]:
        """The calls in whose arguments it stands, innermost first, also those around the functions that it stands in."""
        return _each(Node, _node.argument_of(self._handle))

    def chained(self) -> tuple[list[Node], list[Node]]:
        """The calls chained on this one's result, nearest first; and those that it is chained on."""
        part0, part1 = _node.chained(self._handle)
        return _each(Node, part0), _each(Node, part1)

    def aliases(self, within: Node | None = None) -> list[Node] | None:
        """The names that read a variable holding the value itself, in order, within `within` or the function around; none when the value
        is kept where its uses are not seen.
        """
        return _maybe(lambda one: _each(Node, one), _ask(_node.aliases, self._handle, None if within is None else _held(Node, within)))

    def uses(self, within: Node | None = None) -> list[Use]:
        """Where the value and what is made from it goes, within `within` or the function around: the expression itself first."""
        return _each(Use._of, _ask(_node.uses, self._handle, None if within is None else _held(Node, within)))


class Loop:
    """A loop around a node: a statement, a clause of a comprehension, or the call of a method such as `map`."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Loop) and self.node == other.node

    def __hash__(self) -> int:
        return hash(self.node)

    def __repr__(self) -> str:
        return f"<Loop {self._handle}>"

    @property
    def kind(self) -> LoopKind:
        """What it turns over: `constant`, `stream`, `chunk`, `paging`, `retry`, `poll`, `per-item` or `unknown`."""
        return _loop.kind(self._handle)

    @property
    def node(self) -> Node:
        """The loop."""
        return Node(_loop.node(self._handle))

    @property
    def iter(self) -> Node | None:
        """What it runs over, if it runs over something."""
        return _maybe(Node, _loop.iter(self._handle))

    def carries(self, node: Node) -> bool:
        """Whether an expression reads the loop's element, or something made from it in the body."""
        return _loop.carries(self._handle, _held(Node, node))


class Func:
    """A function of the repository."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Func) and self.node == other.node

    def __hash__(self) -> int:
        return hash(self.node)

    def __repr__(self) -> str:
        return f"<Func {self.name}>"

    @property
    def node(self) -> Node:
        """Its node."""
        return Node(_func.node(self._handle))

    @property
    def name(self) -> str:
        """Its name; empty for an anonymous one."""
        return _func.name(self._handle)

    @property
    def is_async(self) -> bool:
        """Whether it is a coroutine."""
        return _func.is_async(self._handle)

    @property
    def is_generator(self) -> bool:
        """Whether it is a generator."""
        return _func.is_generator(self._handle)

    @property
    def is_lambda(self) -> bool:
        """Whether it is an arrow or lambda."""
        return _func.is_lambda(self._handle)

    @property
    def reach(self) -> Reach:
        """How it comes to run."""
        return _func.reach(self._handle)

    @property
    def params(self) -> list[Node]:
        """Its parameters."""
        return _each(Node, _func.params(self._handle))

    def decorators(self) -> list[str]:
        """What its decorators are, calls without their arguments; empty texts for what is not known."""
        return _func.decorators(self._handle)

    def effects(self) -> tuple[list[Effect], list[Effect]]:
        """What running it does; second, what of it holds up the caller."""
        return _func.effects(self._handle)

    def calls(self, patterns: str | Iterable[str]) -> Node | None:
        """The first call in it, functions within included, that calls one of these."""
        return _maybe(Node, _ask(_func.calls, self._handle, _texts(patterns)))

    def callers(self) -> list[Node]:
        """The calls that run it, at most 64."""
        return _each(Node, _func.callers(self._handle))

    def registrations(self) -> list[Node]:
        """The calls that hand it to something that runs it in a role: `router.get("/", list)`."""
        return _each(Node, _func.registrations(self._handle))

    def route(self) -> list[Stop]:
        """The functions from the one that a platform calls down to this one, itself last."""
        return _each(Stop._of, _func.route(self._handle))


class File:
    """An open file."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, File) and self.path == other.path

    def __hash__(self) -> int:
        return hash(self.path)

    def __repr__(self) -> str:
        return f"<File {self.path}>"

    @property
    def path(self) -> str:
        """Its path."""
        return _file.path(self._handle)

    @property
    def path_below_named(self) -> str:
        """Its path below the directory that the user named (`perfctl check tests/service`), all of it without one: for words that say what it is for."""
        return _file.path_below_named(self._handle)

    @property
    def language(self) -> FileLanguage | None:
        """Its language, for files of code: `python`, `javascript`, `typescript` or `go`."""
        return _file.language(self._handle)

    @property
    def class_(self) -> PathClass:
        """What kind of file it is: `source`, `test`, `migration`, `script`, `example`, `generated` or `vendored`."""
        return _file.class_(self._handle)

    @property
    def side(self) -> Side:
        """Where its code runs: `server`, `browser` or `unknown`; Python and Go on a server, and `unknown` for what is no code."""
        return _file.side(self._handle)

    @property
    def text(self) -> str:
        """Its text."""
        return _file.text(self._handle)

    @property
    def root(self) -> Node | None:
        """The root of its code, for files of code."""
        return _maybe(Node, _file.root(self._handle))

    @property
    def docker(self) -> Dockerfile | None:
        """Its stages, for a Dockerfile."""
        return _maybe(Dockerfile, _file.docker(self._handle))

    @property
    def documents(self) -> list[Doc] | None:
        """The tops of its documents, for YAML, TOML, JSON and HCL; only YAML has several."""
        return _maybe(lambda one: _each(Doc, one), _file.documents(self._handle))

    @property
    def is_partial(self) -> bool:
        """Whether the document could not be read to its end: what is absent then says nothing."""
        return _file.is_partial(self._handle)

    def imports(self, patterns: str | Iterable[str]) -> bool:
        """Whether it imports one of these modules, or names from them, at any level."""
        return _ask(_file.imports, self._handle, _texts(patterns))

    def sql(self, text: str) -> list[SqlStatement]:
        """What a text says as SQL: its statements, none when it is no SQL."""
        return _each(SqlStatement._of, _file.sql(self._handle, _text(text)))

    def commands(self) -> list[ShellCommand] | None:
        """The commands of a shell script, and of the recipes of a makefile, in which `$(NAME)` reads as `${NAME}`; none for other files."""
        return _maybe(lambda one: _each(ShellCommand, one), _file.commands(self._handle))

    def span(self, start: int, end: int) -> Span:
        """Bytes of it; an error when they lie outside or split a character."""
        return Span(_ask(_file.span, self._handle, _count(start), _count(end)))

    def line_span(self, line: int) -> Span:
        """A line without its end and the blanks before that."""
        return Span(_ask(_file.line_span, self._handle, _count(line)))


class Span:
    """Bytes of a file."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self.start, self.end, self.file) == (other.start, other.end, other.file)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return f"<Span {self.start}..{self.end}>"

    @property
    def file(self) -> File:
        """The file."""
        return File(_span.file(self._handle))

    @property
    def source(self) -> str:
        """The text."""
        return _span.source(self._handle)

    @property
    def line(self) -> int:
        """The line of its first byte."""
        return _span.line(self._handle)

    @property
    def start(self) -> int:
        """Its first byte."""
        return _span.start(self._handle)

    @property
    def end(self) -> int:
        """Where it ends."""
        return _span.end(self._handle)

    def commands(self) -> list[ShellCommand]:
        """The commands in it, read as a script of the shell."""
        return _each(ShellCommand, _span.commands(self._handle))


class Doc:
    """A node of a document. Paths look like `spec.template.containers[1].name`, `[*]` or `*` for every entry, keys with dots in quotes."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Doc) and self._handle == other._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    def __repr__(self) -> str:
        return f"<Doc {self.kind} in line {self.line}>"

    @property
    def kind(self) -> DocKind:
        """What it is: `map`, `list`, `scalar`, `null`, or `unknown` where a template, a reference or a function of the platform decides."""
        return _doc.kind(self._handle)

    @property
    def key(self) -> str | None:
        """The key it stands under."""
        return _doc.key(self._handle)

    @property
    def text(self) -> str:
        """A scalar as text; of something unknown what decides it, as far as that is one text; empty for everything else."""
        return _doc.text(self._handle)

    @property
    def tag(self) -> str | None:
        """Its tag without the sign: `Ref` for `!Ref`, also where CloudFormation writes it as a key."""
        return _doc.tag(self._handle)

    @property
    def labels(self) -> list[str]:
        """The labels of a block of HCL."""
        return _doc.labels(self._handle)

    @property
    def line(self) -> int:
        """Its first line, the key's included."""
        return _doc.line(self._handle)

    @property
    def span(self) -> Span:
        """Its bytes without the key; of a reference that the file resolves, those of the reference."""
        return Span(_doc.span(self._handle))

    @property
    def value(self) -> str | int | float | bool | None:
        """A scalar as a value; None for everything else."""
        return _scalar(_doc.value(self._handle))

    def get(self, path: str) -> tuple[Doc | None, Presence]:
        """The node at a path below it."""
        part0, part1 = _doc.get(self._handle, _text(path))
        return _maybe(Doc, part0), part1

    def select(self, path: str) -> list[Doc]:
        """Every node that fits a path below it."""
        return _each(Doc, _doc.select(self._handle, _text(path)))

    def find_all(self, key: str) -> list[Doc]:
        """Every node below it with that key."""
        return _each(Doc, _doc.find_all(self._handle, _text(key)))

    def entries(self) -> list[Doc]:
        """Its entries."""
        return _each(Doc, _doc.entries(self._handle))

    def blocks(self, keyword: str, labels: Iterable[str] = ()) -> list[Doc]:
        """Its HCL blocks with that keyword whose labels begin so: `blocks("resource", ["aws_lambda_function"])`."""
        return _each(Doc, _doc.blocks(self._handle, _text(keyword), _texts(labels)))

    def commands(self, program: str | None = None) -> list[ShellCommand]:
        """The commands of a script that it holds as text, such as `run:` of a workflow, or the one command whose words it lists, such as
        `args:` of a build step; with `program` what that program is given. None for what is no text and no list.
        """
        return _each(ShellCommand, _doc.commands(self._handle, _maybe(_text, program)))

    def parent(self) -> Doc | None:
        """Its parent; none for the top."""
        return _maybe(Doc, _doc.parent(self._handle))


class Dockerfile:
    """A Dockerfile."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dockerfile) and self._handle == other._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    def __repr__(self) -> str:
        return f"<Dockerfile {self._handle}>"

    @property
    def stages(self) -> list[DockerStage]:
        """Its stages in order."""
        return _each(DockerStage, _dockerfile.stages(self._handle))

    @property
    def shipped(self) -> DockerStage | None:
        """The stage that ships unless a build names another target: the last."""
        return _maybe(DockerStage, _dockerfile.shipped(self._handle))


class DockerStage:
    """A stage of a Dockerfile."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DockerStage) and self._handle == other._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    def __repr__(self) -> str:
        return f"<DockerStage {self._handle}>"

    @property
    def index(self) -> int:
        """Its position."""
        return _docker_stage.index(self._handle)

    @property
    def name(self) -> str | None:
        """Its name, as in `AS build`."""
        return _docker_stage.name(self._handle)

    @property
    def image(self) -> Image:
        """What its FROM names."""
        return Image._of(_docker_stage.image(self._handle))

    @property
    def base(self) -> Image:
        """The image that it builds on in the end, through other stages."""
        return Image._of(_docker_stage.base(self._handle))

    @property
    def parent(self) -> DockerStage | None:
        """The stage that its FROM names."""
        return _maybe(DockerStage, _docker_stage.parent(self._handle))

    @property
    def ships(self) -> bool:
        """Whether its layers are in the image that ships."""
        return _docker_stage.ships(self._handle)

    @property
    def flows_into_shipped(self) -> bool:
        """Whether files of it are copied, maybe through other stages, into one that ships."""
        return _docker_stage.flows_into_shipped(self._handle)

    @property
    def from_(self) -> Instruction:
        """Its FROM."""
        return Instruction(_docker_stage.from_(self._handle))

    @property
    def instructions(self) -> list[Instruction]:
        """Its instructions behind FROM."""
        return _each(Instruction, _docker_stage.instructions(self._handle))

    def feeds(self) -> list[Feed]:
        """What it takes from other stages and images."""
        return _each(Feed._of, _docker_stage.feeds(self._handle))

    def variable(self, name: str) -> tuple[str | None, bool]:
        """The value of an ARG or ENV at its end, and whether it is known: none and true when the file does not set it."""
        return _docker_stage.variable(self._handle, _text(name))


class Instruction:
    """An instruction of a Dockerfile."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Instruction) and self._handle == other._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    def __repr__(self) -> str:
        return f"<Instruction {self.text}>"

    @property
    def keyword(self) -> str:
        """In capitals: `RUN`."""
        return _instruction.keyword(self._handle)

    @property
    def text(self) -> str:
        """On one line: continuations joined, comments left out."""
        return _instruction.text(self._handle)

    @property
    def args(self) -> list[str]:
        """The words behind the flags, quotes removed."""
        return _instruction.args(self._handle)

    @property
    def sources(self) -> list[str]:
        """For COPY and ADD all words but the last."""
        return _instruction.sources(self._handle)

    @property
    def destination(self) -> str | None:
        """For COPY and ADD the last word."""
        return _instruction.destination(self._handle)

    @property
    def is_onbuild(self) -> bool:
        """Whether it stands behind ONBUILD."""
        return _instruction.is_onbuild(self._handle)

    @property
    def position(self) -> int:
        """Its place in its stage; FROM has 0."""
        return _instruction.position(self._handle)

    @property
    def span(self) -> Span:
        """All its bytes."""
        return Span(_instruction.span(self._handle))

    @property
    def stage(self) -> DockerStage:
        """Its stage."""
        return DockerStage(_instruction.stage(self._handle))

    @property
    def line(self) -> int:
        """Its first line."""
        return _instruction.line(self._handle)

    @property
    def commands(self) -> list[ShellCommand]:
        """For RUN, CMD, ENTRYPOINT and HEALTHCHECK: the commands that are run."""
        return _each(ShellCommand, _instruction.commands(self._handle))

    @property
    def mounts(self) -> list[dict[str, str]]:
        """Each `--mount` by key."""
        return _each(dict, _instruction.mounts(self._handle))

    def flag(self, name: str) -> str | None:
        """The value of a flag such as `--from`, without the dashes; empty for a flag without value."""
        return _instruction.flag(self._handle, _text(name))

    def expand(self, text: str) -> tuple[str, bool]:
        """A text with the variables filled in that this instruction sees, and whether all of them are known."""
        return _instruction.expand(self._handle, _text(text))

    def arg_at(self, at: int) -> Span | None:
        """Where one word of `args` stands."""
        return _maybe(Span, _instruction.arg_at(self._handle, _count(at)))


class ShellCommand:
    """One command of a shell: of a RUN, a script, a makefile, a workflow."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ShellCommand) and self._handle == other._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    def __repr__(self) -> str:
        return f"<ShellCommand {self.name}>"

    @property
    def name(self) -> str:
        """The program's name without its folder."""
        return _shell_command.name(self._handle)

    @property
    def program(self) -> str:
        """The program as written."""
        return _shell_command.program(self._handle)

    @property
    def args(self) -> list[str]:
        """Its arguments, quotes removed; what is filled in later stands in them as written: `$NAME`, `${{ inputs.name }}`."""
        return _shell_command.args(self._handle)

    @property
    def env(self) -> dict[str, str]:
        """Variables that are set for it."""
        return dict(_shell_command.env(self._handle))

    @property
    def is_conditional(self) -> bool:
        """Whether it runs only under some condition: behind `||`, in the branch of an `if`, in a loop. Behind `&&` it does not."""
        return _shell_command.is_conditional(self._handle)

    @property
    def span(self) -> Span:
        """Its bytes."""
        return Span(_shell_command.span(self._handle))

    @property
    def instruction(self) -> Instruction | None:
        """Its instruction, in a Dockerfile."""
        return _maybe(Instruction, _shell_command.instruction(self._handle))

    def has(self, argument: str) -> bool:
        """Whether one of its arguments is this."""
        return _shell_command.has(self._handle, _text(argument))

    def arg_at(self, at: int) -> Span | None:
        """Where one word of `args` stands."""
        return _maybe(Span, _shell_command.arg_at(self._handle, _count(at)))

    def is_known(self, at: int) -> bool:
        """Whether one word of `args` is known: nothing in it is filled in before the command runs."""
        return _shell_command.is_known(self._handle, _count(at))


class LoadHop:
    """A file on the way from one at which a process starts to a file that it loads."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LoadHop) and self._handle == other._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    def __repr__(self) -> str:
        return f"<LoadHop {self._handle}>"

    @property
    def path(self) -> str:
        """The file."""
        return _load_hop.path(self._handle)

    @property
    def import_(self) -> Node | None:
        """The import that leads on; none for the last file."""
        return _maybe(Node, _load_hop.import_(self._handle))


class Repository:
    """The audited repository as a whole, by its code and what it declares."""

    __slots__ = ()

    def fact(self, path: str) -> dict[str, str] | None:
        """The words that the packs' facts hold under a path."""
        return _maybe(dict, _repository.fact(_text(path)))

    def matched(self, matcher: str) -> list[str]:
        """Paths of the files in which the matcher of that name matched, sorted; the matcher must have `evidence = true`, which means
        that no file is judged for its matches. It costs nothing that the scan did not cost anyway.
        """
        return _ask(_repository.matched, _text(matcher))

    def loaded_by(self, path: str) -> list[list[LoadHop]]:
        """The files at which a process starts that load a file, each with the way from it to the file: entry points, and code in JavaScript
        and TypeScript that is for no browser and that no other file loads. A file that is one itself has a way of one hop.
        """
        return _each(lambda one: _each(LoadHop, one), _repository.loaded_by(_text(path)))

    def deploy_targets(self, path: str) -> list[DeployTarget]:
        """Where a file is deployed, by what is said most closely about it."""
        return _each(DeployTarget._of, _repository.deploy_targets(_text(path)))

    def imports(self, patterns: str | Iterable[str]) -> tuple[bool, str | None]:
        """Whether code imports one of these modules, and the first file that does; tests, vendored and generated code left out."""
        return _ask(_repository.imports, _texts(patterns))

    def importers(self, patterns: str | Iterable[str]) -> list[str]:
        """Paths of the files that import one of these modules, at any level; tests, vendored and generated code left out."""
        return _ask(_repository.importers, _texts(patterns))

    def calls(self, patterns: str | Iterable[str]) -> list[Node]:
        """Calls that call one of these; tests, vendored and generated code left out."""
        return _each(Node, _ask(_repository.calls, _texts(patterns)))

    def paths(self, glob: str) -> list[str]:
        """Paths that fit a glob, sorted, at most 20 000; tests and vendored code included. `*` stands for slashes too."""
        return _ask(_files.paths, _text(glob))

    def at(self, path: str) -> FilesAt | None:
        """What lies at a path: `file` or `directory`; the empty path is the root."""
        return _files.at(_text(path))

    def size(self, path: str) -> int | None:
        """How many bytes the file at a path has; of images and other files that are no text, too."""
        return _files.size(_text(path))

    def text(self, path: str) -> str | None:
        """The text of the file at a path, at most 4 MiB; none where there is none, where it is no text or larger. For what is searched and not
        understood: unlike with `open` nothing is parsed.
        """
        return _files.text(_text(path))

    def below(self, directory: str) -> list[str]:
        """Paths of all files below a directory, sorted."""
        return _files.below(_text(directory))

    def holding(self, glob: str, texts: str | Iterable[str]) -> list[str]:
        """Paths of the files of at most 4 MiB that fit a glob and whose text holds one of several strings; each file is read once."""
        return _ask(_files.holding, _text(glob), _texts(texts))

    def open(self, path: str) -> File | None:
        """A file of it; none when there is none, or it cannot be read."""
        return _maybe(File, _files.open(_text(path)))
