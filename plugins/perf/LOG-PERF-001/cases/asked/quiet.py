import logging


def loud():
    logging.getLogger("shop").setLevel(logging.DEBUG)  # finding: LOG-PERF-001


def order(number, debug=False):
    if debug:
        loud()
    loud()
    return number
