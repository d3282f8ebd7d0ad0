import logging

logging.getLogger("a").setLevel(logging.DEBUG)  # finding: LOG-PERF-001


def unfinished(:
    pass
