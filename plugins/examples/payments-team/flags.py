"""PAY-FLAG-001: a feature flag that is looked up for every item of a batch."""

from perfctl_plugin import Rule

# Loops whose turns are many. One that waits, or tries again, asks anew on purpose: the flag may have been switched meanwhile.
LONG = {"per-item", "stream", "chunk", "paging"}


class FlagInLoop(Rule):
    id = "PAY-FLAG-001"

    def check(self, file, matches, report, repo):
        for match in matches.of("lookup"):
            call = match.node
            loop = hoistable(call)
            if loop is None:
                continue
            report(
                call,
                "same-answer",
                flag=name_of(call) or "the flag",
                # Something else than the loop's element may be another one in each turn.
                confidence="high" if all(is_fixed(arg) for arg in call.args()) else "medium",
                related=[(loop.node, "asked in every turn of this loop")],
            )


def name_of(call):
    """The flag's name, as far as it is written there: the first argument, or the one that the pack's fact names; None otherwise."""
    given, _ = call.arg(0)
    if given is None:
        given, _ = call.arg(call.fact("flag"))
    name, known = given.literal() if given else (None, False)
    return name if known else None


def hoistable(call):
    """The outermost loop in which the call gets the same answer in every turn; None when there is none."""
    found = None
    # Innermost first: what hangs on the element of a loop can get out of the loops within it, and no further.
    for loop in call.loops():
        if any(loop.carries(arg) for arg in call.args()):
            break
        if loop.kind in LONG:
            found = loop
        elif loop.kind != "constant":
            break
    return found


def is_fixed(arg):
    """Whether a value is the same for as long as the function runs: a literal, or a parameter."""
    _, known = arg.literal()
    return known or arg.param_position() is not None
