"""The rules of this pack. Each has a folder with its `rule.toml`, which says what to look at, and its `cases`."""

from perfctl_plugin import Rule, pack


class CompiledInLoop(Rule):
    """A regular expression that every turn of a loop compiles again."""

    id = "NEW-RULE-1"

    # Called once per file that has matches. It looks at each match and reports it, or leaves it alone.
    def check(self, file, matches, report, repo):
        for match in matches.of("compile"):
            call = match.node
            around = wasted_in(call)
            if around:
                report(
                    call,
                    "compiled-in-loop",
                    call=call.name,
                    # High only if every fact that tells it from the known false alarms was decided.
                    confidence="medium",
                    related=[(around.node, "the loop")],
                )


def wasted_in(call):
    """The loop that runs the call again and again with the same pattern; None when there is none."""
    loops = call.loops()
    pattern, _ = call.arg(0)
    for around in loops:
        # A pattern made from the loop's element has to be compiled in the loop.
        if pattern and around.carries(pattern):
            return None
        # A few turns over a constant cost nothing.
        if around.kind == "constant":
            return None
    return loops[0] if loops else None


Rules = pack(CompiledInLoop)
