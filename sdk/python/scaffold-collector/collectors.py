"""The collector of this pack. `pack.toml` says what recipes have to know of it."""

from math import isfinite

from perfctl_plugin.collector import Collected, Metric, Unreadable, collectors


# Called once per step of a recipe that names it. Unreadable says that the output is none of the tool's.
def timings(output, options):
    """Reads `NAME MILLISECONDS` from each line."""
    if output.timed_out:
        return Collected(inconclusive="the tool did not end in time: raise the `timeout` of the step")
    times = {}
    for line in output.text.splitlines()[int(options.get("warmup", 0)) :]:
        try:
            name, milliseconds = line.split()
            time = float(milliseconds)
        except ValueError:
            time = None
        if time is None or not isfinite(time):
            raise Unreadable(f"`{line}` is no name with a number")
        times.setdefault(name, []).append(time)
    return Collected([Metric("NEW-PACK.time", "ms", samples, {"case": name}) for name, samples in times.items()])


Collection = collectors({"NEW-PACK": timings})
