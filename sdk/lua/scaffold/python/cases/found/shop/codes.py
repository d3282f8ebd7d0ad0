import re
from re import compile as rx

import regex


def valid(rows):
    for row in rows:
        if re.compile(r"\d+").match(row.code):  # finding: NEW-RULE-1 confidence: medium
            yield row


def words(pages, separator):
    # finding: NEW-RULE-1
    return [rx(separator).split(page) for page in pages]


def nested(tables):
    for table in tables:
        for row in table:
            regex.compile("a+").match(row)  # finding: NEW-RULE-1


def allowed(rows):
    for row in rows:
        # perfctl: allow NEW-RULE-1 -- runs once per start, over three rows
        re.compile("x").match(row)
