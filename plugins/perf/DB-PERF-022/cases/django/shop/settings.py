import os

# The default is for those who only look at it.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",  # ok: SQLite; mutate: s/sqlite3/postgresql/
        "NAME": "shop.db",
    }
}

if os.getenv("DB") == "postgres":
    DATABASES = {
        "default": {
            # finding: DB-PERF-022 confidence: high
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.getenv("DB_HOST"),
            "NAME": "shop",
        },
        "reports": {
            # finding: DB-PERF-022 confidence: high
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "reports",
            "OPTIONS": {
                "sslmode": "prefer",
            },
        },
    }

if os.getenv("DB") == "mysql":
    DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "NAME": "shop"}}  # ok: MySQL; mutate: s/mysql", "NAME/postgresql", "NAME/
