import os

import dj_database_url

ADDRESS = os.environ.get("DATABASE_URL", "sqlite:///shop.db")
DATABASES = {"default": dj_database_url.parse(ADDRESS)}  # finding: DB-PERF-021 confidence: medium
if os.environ.get("BIG"):
    DATABASES = {"default": dj_database_url.parse(ADDRESS, conn_health_checks=True)}  # finding: DB-PERF-021 confidence: medium
