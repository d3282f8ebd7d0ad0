"""Schedules of cron, as far as a rule needs them. Nothing here knows perfctl, so `python3 -m unittest` tests it."""

from dataclasses import dataclass

NAMED = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
DAYS = {name: number for number, name in enumerate(["sun", "mon", "tue", "wed", "thu", "fri", "sat"])}


@dataclass(frozen=True)
class Schedule:
    """When a job begins."""

    minutes: frozenset[int]
    hours: frozenset[int]
    weekdays: frozenset[int]
    """Days of the week, Sunday is 0; all seven where days of the month are given."""

    @classmethod
    def read(cls, text):
        """The schedule that five fields say, or a name such as `@daily`; None for what is none."""
        fields = NAMED.get(text.strip().lower(), text).split()
        if len(fields) != 5:
            return None
        minutes = numbers(fields[0], 0, 59)
        hours = numbers(fields[1], 0, 23)
        weekdays = numbers(fields[4], 0, 7, DAYS)
        if minutes is None or hours is None or weekdays is None:
            return None
        weekdays = frozenset(day % 7 for day in weekdays)
        # Where both are given, cron takes a day on which either holds, and any weekday may be a day of the month.
        if fields[2] not in ("*", "?"):
            weekdays = frozenset(range(7))
        return cls(minutes, hours, weekdays)

    def begins_within(self, window, weekdays):
        """The first minute of the day in `window` at which it begins on one of `weekdays`; None when it begins at no such time."""
        if self.weekdays.isdisjoint(weekdays):
            return None
        times = (hour * 60 + minute for hour in sorted(self.hours) for minute in sorted(self.minutes))
        return next((time for time in times if time in window), None)


def numbers(field, least, most, names=None):
    """What a field of a schedule stands for: `*`, `5`, `1-5`, `*/15`, `8-18/2`, and lists of these; None for what is none of them."""
    all = set()
    for part in field.lower().split(","):
        span, slash, step = part.partition("/")
        every = number(step, None) if slash else 1
        if not every:
            return None
        first, dash, last = ("*", "", "") if span == "?" else span.partition("-")
        if first == "*" and not dash:
            begin, end = least, most
        else:
            begin = number(first, names)
            # `5/15` goes on to the end, `5` does not.
            end = number(last, names) if dash else (most if slash else begin)
        if begin is None or end is None or not least <= begin <= end <= most:
            return None
        all.update(range(begin, end + 1, every))
    return frozenset(all)


def number(text, names):
    if names and text in names:
        return names[text]
    # Digits are those of ASCII, and few: other ones are digits for `isdigit`, and `int` raises.
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None


def clock(minutes):
    """A minute of the day as people write it."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
