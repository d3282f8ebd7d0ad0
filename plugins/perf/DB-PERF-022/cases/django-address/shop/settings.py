import dj_database_url
from django.core.exceptions import ImproperlyConfigured

DATABASES = {"default": dj_database_url.config(default="postgres://db/shop")}  # finding: DB-PERF-022 confidence: high
