import re


def broken(:
    pass


def valid(rows):
    for row in rows:
        re.compile("a").match(row)  # finding: NEW-RULE-1
