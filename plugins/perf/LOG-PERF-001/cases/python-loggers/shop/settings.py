import enum
import os
from dataclasses import dataclass

LOG_LEVEL = os.environ.get("LOG_LEVEL") or "debug"  # finding: LOG-PERF-001
ALLOWED = ["debug", "info", "warning"]  # ok: words that are allowed, no level


class Level(enum.Enum):
    DEBUG = "debug"  # ok: a member of an enumeration; mutate: s/DEBUG = "debug"/LOG_LEVEL = "debug"/
    INFO = "info"


@dataclass
class Settings:
    log_level: str = "debug"  # finding: LOG-PERF-001 confidence: medium
    sql_log_level: str = "info"  # ok: INFO; mutate: s/"info"/"debug"/
    mode: str = "debug"  # ok: not the level of a log; mutate: s/mode: str/log_level: str/
