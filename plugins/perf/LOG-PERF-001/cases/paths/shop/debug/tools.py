import logging

logging.getLogger("shop").setLevel(logging.DEBUG)  # ok: for whoever works on it
