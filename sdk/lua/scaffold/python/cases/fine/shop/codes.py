import re

DIGITS = re.compile(r"\d+")  # ok: compiled once, when the module is loaded


def valid(rows):
    for row in rows:
        # ok: uses what was compiled before; mutate: s/DIGITS/re.compile("x")/
        if DIGITS.match(row.code):
            yield row


def any_of(patterns, text):
    # ok: another pattern in every turn; mutate: s/re.compile(pattern)/re.compile("x")/
    return [re.compile(pattern).match(text) for pattern in patterns]


def flags(text):
    for flag in (re.I, re.M):
        re.compile("a+", flag).match(text)  # ok: two turns; mutate: s/(re.I, re.M)/text.flags()/
