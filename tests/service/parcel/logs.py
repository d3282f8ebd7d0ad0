"""Logging: one line of JSON per record on standard output."""

from __future__ import annotations

import json
import logging
import sys
import time

from parcel.settings import get_settings

_PLAIN = set(logging.LogRecord("", 0, "", 0, "", None, None).__dict__)


class JsonLines(logging.Formatter):
    """Renders a record with everything that was passed in `extra`."""

    converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        for key in sorted(record.__dict__.keys() - _PLAIN):
            line[key] = record.__dict__[key]
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def setup_logging() -> None:
    """Called once per process, before anything logs."""
    handler = logging.StreamHandler(sys.stdout)
    # The handler lets everything through; the root logger decides.
    handler.setLevel(logging.DEBUG)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(get_settings().log_level.upper())
    for noisy in ("botocore", "urllib3", "httpx"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
