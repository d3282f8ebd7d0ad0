"""Rules, and how a pack of them becomes a component."""

from collections.abc import AsyncGenerator, Coroutine, Generator
from typing import Any

from . import failure, output
from .bindings import exported, imported
from .checked import brief, sentence
from .matches import Declared, Matches
from .model import File, Repository
from .report import Messages, Report

declared = imported("declared")
rules = exported("rules")


#: What has done nothing yet when it is returned.
_LATER = (Generator, Coroutine, AsyncGenerator)


class Verdict:
    """What a rule says of the repository as a whole. Findings that count make it fail all the same."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


class NotApplicable(Verdict):
    """There is nothing here that the rule is about."""

    __slots__ = ()


class NeedsEvidence(Verdict):
    """Only a measurement or a signature can decide it."""

    __slots__ = ()


class Rule:
    """A rule. A subclass has an `id`, and `check`, `check_repository`, or both.

    Objects are made when the component is built: what `__init__` computes is there in every run. What a call keeps in `self` is there
    in later calls for the same repository, but files come in no order and on several threads, each with objects of its own.
    """

    id: str
    """Its id, as in the manifest and the folder of its `rule.toml`."""

    # Each is called because of the rule's matchers: where it is missing, nothing would be judged and nothing said.

    def check(self, file: File, matches: Matches, report: Report, repo: Repository) -> None:
        """Judges the matches of the rule in a file; called once per file that has any. It returns nothing."""
        raise TypeError(f"rule.toml of `{self.id}` has matchers of files, but {type(self).__name__} has no `check`")

    def check_repository(self, repo: Repository, report: Report) -> Verdict | None:
        """Judges the repository, once, for a rule with a matcher of kind `repository`."""
        raise TypeError(f"rule.toml of `{self.id}` has a matcher of kind `repository`, but {type(self).__name__} has no `check_repository`")


class _Declared:
    """A rule with what the manifest says of it."""

    __slots__ = ("rule", "matchers", "messages")

    def __init__(self, rule: Rule, number: int) -> None:
        self.rule = rule
        self.matchers = Declared(declared.matchers(number))
        self.messages = Messages(declared.messages(number))


class Pack:
    """The rules of a component, as the contract calls them."""

    def __init__(self, rules: dict[str, Rule]) -> None:
        self._rules = rules
        self._declared: dict[int, _Declared] = {}
        self._ids: list[str] = []

    def _of(self, number: int) -> _Declared:
        # The manifest is known when the component runs, not when it is built.
        known = self._declared.get(number)
        if known is None:
            name = self._listed()[number]
            rule = self._rules.get(name)
            if rule is None:
                names = ", ".join(f"`{name}`" for name in self._rules)
                raise ValueError(f"the manifest names the rule `{name}`, but the component has {names}")
            known = self._declared[number] = _Declared(rule, number)
        return known

    def _listed(self) -> list[str]:
        if not self._ids:
            ids: list[str] = declared.rules()
            for name in self._rules:
                if name not in ids:
                    there = ", ".join(f"`{one}`" for one in ids)
                    lost = f"the component has the rule `{name}`, but the pack no folder `{name}` with its rule.toml"
                    raise ValueError(f"{lost}: there is {there}")
            self._ids = ids
        return self._ids

    def check(self, rule: int, file: int, rows: list[int]) -> Any:
        with failure.Call():
            of = self._of(rule)
            judged = File(file)
            report = Report(of.messages)
            _nothing(of.rule, of.rule.check(judged, Matches(judged, rows, of.matchers), report, Repository()))
            return report.found()

    def check_repository(self, rule: int) -> Any:
        with failure.Call():
            of = self._of(rule)
            report = Report(of.messages)
            verdict = of.rule.check_repository(Repository(), report)
            return report.found(), _verdict(verdict)


def _nothing(rule: Rule, returned: Any) -> None:
    """Refuses what `check` returns: a generator or a coroutine has judged nothing yet."""
    if returned is None:
        return
    later = ": its body runs when somebody goes through it, which nobody does" if isinstance(returned, _LATER) else ""
    raise TypeError(f"`check` of the rule `{rule.id}` returned {brief(returned)}, of which nothing comes{later}")


def _verdict(verdict: Any) -> Any:
    if verdict is None:
        return None
    if isinstance(verdict, NotApplicable):
        return rules.Verdict_NotApplicable(sentence(verdict.reason))
    if isinstance(verdict, NeedsEvidence):
        return rules.Verdict_NeedsEvidence(sentence(verdict.reason))
    raise TypeError(f"a verdict is NotApplicable(reason), NeedsEvidence(reason) or None, not {brief(verdict)}")


def _judges(rule: Rule) -> bool:
    own = (getattr(method, "__func__", method) for method in (rule.check, rule.check_repository))
    return any(method not in (Rule.check, Rule.check_repository) for method in own)


def pack(*registered: type[Rule] | Rule) -> type[Pack]:
    """Registers the rules of a component. The module that is built has the result under the name `Rules`:

    >>> Rules = pack(HttpTimeout, RetryWithoutBackoff)
    """
    by_id: dict[str, Rule] = {}
    for one in registered:
        rule = one() if isinstance(one, type) else one
        if not isinstance(rule, Rule):
            raise TypeError(f"{one!r} is no Rule")
        name = getattr(rule, "id", None)
        if not isinstance(name, str):
            raise TypeError(f"{type(rule).__name__} has no id")
        if not _judges(rule):
            raise TypeError(f"{type(rule).__name__} judges nothing: it has neither `check` nor `check_repository`")
        if name in by_id:
            raise ValueError(f"two rules have the id `{name}`")
        by_id[name] = rule
    if not by_id:
        raise ValueError("a pack has at least one rule")
    output.replace_streams()
    failure.keep_sources()

    # componentize-py makes the object itself, with no arguments.
    class Rules(Pack):
        def __init__(self) -> None:
            super().__init__(by_id)

    return Rules
