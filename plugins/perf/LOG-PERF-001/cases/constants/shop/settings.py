import logging
import os


class Settings:
    LOG_LEVEL = os.getenv("SHOP_LOG_LEVEL", logging.DEBUG)  # finding: LOG-PERF-001
    # ok: quiet unless somebody asks; mutate: s/logging.INFO/logging.DEBUG/
    AUDIT_LOG_LEVEL = os.getenv("SHOP_AUDIT_LOG_LEVEL", logging.INFO)
    # ok: which of the lines goes where is no level of a logger
    MARK = os.getenv("SHOP_MARK", logging.DEBUG)


class TestSettings(Settings):
    # ok: for tests
    LOG_LEVEL = os.getenv("SHOP_LOG_LEVEL", logging.DEBUG)


def main():
    logger_level = "DEBUG"  # finding: LOG-PERF-001 confidence: medium
    if os.getenv("LOGGER_LEVEL"):
        logger_level = os.getenv("LOGGER_LEVEL")
    logging.basicConfig(level=logger_level)
