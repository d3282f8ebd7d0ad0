"""The rule that every language has: it asks for as much of the API as one rule can, and reports what it was told."""

from perfctl_plugin import Fix, NeedsEvidence, Node, NotApplicable, Rule, after, before, pack, replace

import files
import nodes
from told import listed, or_dash, yes
from values import Values

PRESENCE = {"given": "with", "absent": "without", "hidden": "maybe with"}


class Conformance(Rule):
    id = "CONF-001"

    def check(self, file, matches, report, repo):
        for found in matches.of("request"):
            request(found.node, report)
        for found in matches.of("append"):
            append(found, report)
        for found in matches.of("print"):
            values = [value.source for value in found.captures("VALUES")]
            report(found, "print", count=len(values), values=listed(values))
        for found in matches.of("marker"):
            marker(found, report)
        files.file(file, report, repo)

    def check_repository(self, repo, report):
        if repo.at("app.py") is None:
            return NotApplicable("there is no app.py")
        files.repository(repo, report)
        return NeedsEvidence("only a comparison with the other languages decides")


def request(call, report):
    timeout, presence = call.arg("timeout")
    print(f"line {call.line}: {presence}")
    target = call.target()
    func = call.func()
    args = call.args()
    if presence == "given":
        fix = Fix("Wait for a second", [replace(timeout, "1")])
    elif presence == "absent" and args:
        fix = Fix("Add a timeout", [after(args[-1], ", timeout=1")], "unsafe")
    else:
        fix = Fix("Keep the answer", [before(call, "answer = ")], "safe")
    report(
        call,
        "request",
        library=target[0].split(".")[0] if target else "-",
        presence=PRESENCE[presence],
        function=or_dash(func and func.name),
        confidence="low" if presence == "hidden" else None,
        reach="script" if presence == "hidden" else None,
        severity="high" if call.name == "post" else None,
        related=[(place.node, f"a {place.kind} loop") for place in call.loops()],
        notes=nodes.told(call),
        fix=fix,
    )


def append(found, report):
    item = found.capture("ITEM")
    into = found.capture("LIST")
    notes = {"matcher": found.matcher}
    if isinstance(item, Node):
        notes["item"] = nodes.value(item)
    if found.node is not None:
        notes["awaited"] = yes(found.node.is_awaited())
    report(found, "append", item=or_dash(item and item.source), list=or_dash(into and into.source), notes=notes)


def marker(found, report):
    span = found.span
    if span is None:
        return
    report(
        span,
        "marker",
        text=span.source,
        notes={
            "line": span.line,
            "length": span.end - span.start,
            "commands": len(span.commands()),
            "same file": yes(found.file == span.file),
        },
        fix=Fix("Take it out", [replace(span, "done")]),
    )


Rules = pack(Conformance, Values)
