import logging

logging.getLogger("shop").setLevel(logging.DEBUG)  # ok: a test
