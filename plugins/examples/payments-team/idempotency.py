"""PAY-IDEM-001: a payment that a second attempt makes again."""

from perfctl_plugin import Rule

# What is another one each time it is called.
FRESH = [
    "uuid.{uuid1,uuid4,uuid7}",
    "secrets.{token_hex,token_urlsafe,token_bytes}",
    "time.{time,time_ns,monotonic}",
    "datetime.datetime.{now,utcnow}",
]

# Decorators that run a function again when it fails.
RETRIES = {"tenacity.retry", "backoff.on_exception", "backoff.on_predicate", "acme_ledger.retrying"}


class SecondAttempt(Rule):
    id = "PAY-IDEM-001"

    def check(self, file, matches, report, repo):
        for match in matches.of("payment"):
            call = match.node
            argument = call.fact("idempotency")
            key, presence = call.arg(argument)
            again = attempts(call)
            if presence == "absent":
                report(
                    call,
                    "no-key",
                    call=call.name,
                    argument=argument,
                    # Where the code itself tries again, nobody has to wait for an outage.
                    severity="critical" if again else None,
                    related=[(again, "tried again from here")] if again else [],
                )
            # What may be handed over unseen ("hidden") is no reason to report.
            elif key and again:
                made = fresh(key)
                if made and made.is_within(again):
                    report(
                        call,
                        "key-per-attempt",
                        call=call.name,
                        argument=argument,
                        related=[(made, "another key for each attempt"), (again, "tried again from here")],
                    )


def attempts(call):
    """What runs the call again after a failure: the loop around it, or the function with such a decorator; None when nothing does."""
    for loop in call.loops():
        if loop.kind == "retry":
            return loop.node
    func = call.func()
    if func and RETRIES.intersection(func.decorators()):
        return func.node
    return None


def fresh(key):
    """The call that makes another key each time, in the value of an argument or of the variable that is handed over; None for all other keys."""
    # `value` looks through a name that was given one value: `key = str(uuid4())` and then `key=key`.
    made = (key.value() or key) if key.kind == "name" else key
    calls = [made] if made.kind == "call" else []
    calls += made.descendants("call")
    return next((call for call in calls if call.is_(FRESH)), None)
