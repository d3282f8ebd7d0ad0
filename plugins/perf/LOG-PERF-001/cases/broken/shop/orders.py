import logging

logging.getLogger("b").setLevel(logging.DEBUG)  # finding: LOG-PERF-001
