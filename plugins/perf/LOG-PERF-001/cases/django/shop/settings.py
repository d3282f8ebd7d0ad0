INSTALLED_APPS = ["django.contrib.auth"]

DEBUG = True  # ok: Django's own flag shows tracebacks and sets no level

LOGGING = {
    "version": 1,
    "handlers": {
        "console": {"class": "logging.StreamHandler", "level": "DEBUG"},  # ok: of a handler
    },
    "root": {"handlers": ["console"], "level": "DEBUG"},  # finding: LOG-PERF-001 confidence: medium
    "loggers": {
        "shop": {"level": "DEBUG"},  # finding: LOG-PERF-001 confidence: medium
        "shop.cart": {"level": "INFO"},  # ok: INFO; mutate: s/INFO/DEBUG/
    },
}
