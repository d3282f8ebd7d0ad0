import logging

from environs import Env

env = Env()

SAY_QUERIES = env.bool("SAY_QUERIES", default=False)
SPEAKS = len(logging.root.handlers) > 0

if SAY_QUERIES:
    # ok: off unless somebody turns it on; mutate: s/default=False/default=True/
    logging.getLogger("django.db.backends").setLevel(logging.DEBUG)

if SPEAKS:
    logging.getLogger("shop.steps").setLevel(logging.DEBUG)  # finding: LOG-PERF-001
