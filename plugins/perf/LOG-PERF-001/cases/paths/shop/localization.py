import logging

logging.getLogger("shop").setLevel(logging.DEBUG)  # finding: LOG-PERF-001
