from django.core.exceptions import ImproperlyConfigured
import os

import dj_database_url

ADDRESS = os.environ.get("DATABASE_URL", "sqlite:///shop.db")
DATABASES = {"default": dj_database_url.parse(ADDRESS)}  # finding: DB-PERF-022 confidence: medium
