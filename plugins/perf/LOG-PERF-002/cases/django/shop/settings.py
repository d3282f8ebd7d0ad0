import logging

INSTALLED_APPS = ["shop"]

LOGGING = {
    "version": 1,
    "handlers": {
        "console": {"class": "logging.StreamHandler"},  # ok: plain output
        "rows": {"class": "shop.logs.RowHandler"},  # finding: LOG-PERF-002 confidence: high
        "file": {
            "class": "logging.handlers.TimedRotatingFileHandler",  # finding: LOG-PERF-002 confidence: medium
            "filename": "shop.log",
        },
        "mail": {"level": "ERROR", "class": "logging.handlers.SMTPHandler", "mailhost": "mail"},  # finding: LOG-PERF-002 confidence: medium
        "errors": {"level": "ERROR", "class": "logging.handlers.RotatingFileHandler", "filename": "errors.log"},  # finding: LOG-PERF-002 confidence: low
        "spare": {"class": "logging.handlers.HTTPHandler", "host": "logs"},  # ok: no logger has it; mutate: s/["console", "rows", /["console", "spare", "rows", /
    },
    "root": {"handlers": ["console", "rows", "file", "mail", "errors"], "level": logging.INFO},
}
