import logging

logger = logging.getLogger(__name__)
# perfctl: allow LOG-PERF-001 -- the collector drops what is below INFO, and this service logs ten lines a day
logger.setLevel(logging.DEBUG)
