import os

import django
from environ import Env

env = Env()

DATABASES = {
    "default": {
        "ENGINE": os.environ.get("DB_ENGINE", "django.db.backends.postgresql"),  # finding: DB-PERF-022 confidence: medium
        "NAME": env("DB_NAME"),
        "HOST": env("DB_HOST"),
    },
    "second": {
        "ENGINE": env("SECOND_ENGINE", default="django.db.backends.postgresql"),  # finding: DB-PERF-022 confidence: medium
        "NAME": env("SECOND_NAME"),
    },
    "third": {
        "ENGINE": env("THIRD_ENGINE", default="django.db.backends.sqlite3"),  # ok: another database unless somebody says so; mutate: s/sqlite3/postgresql/
        "NAME": env("THIRD_NAME"),
    },
}

KNOWN = {"KIND": env("KIND", default="django.db.backends.postgresql")}  # ok: no connection's settings; mutate: s/{"KIND": env/{"ENGINE": env/
VERSION = django.VERSION
