import os

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
if "DATABASE_URL" in os.environ:
    DATABASES = {"default": env.db("DATABASE_URL", default="postgres://db/shop")}  # ok: the other branch says the same; mutate: s/backends.postgresql/backends.mysql/
else:
    # finding: DB-PERF-022
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}
