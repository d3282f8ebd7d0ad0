from django.core.exceptions import ImproperlyConfigured

DATABASES = {
    "default": {
        # finding: DB-PERF-021 confidence: low
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
    },
}
