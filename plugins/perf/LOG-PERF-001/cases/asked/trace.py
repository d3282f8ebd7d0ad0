import logging


def trace_all():
    for name in ("shop", "shop.carts"):
        # ok: only whoever asks for it gets there; mutate: s/    if debug:\n        trace_all()/    trace_all()/
        logging.getLogger(name).setLevel(logging.DEBUG)


def order(number, debug=False):
    if debug:
        trace_all()
    return number
