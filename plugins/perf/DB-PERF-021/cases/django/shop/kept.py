import os

from shop.env import envint

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",  # ok: kept for a minute; mutate: s/"CONN_MAX_AGE": 60/"CONN_MAX_AGE": 0/
        "NAME": "shop",
        "CONN_MAX_AGE": 60,
    },
    "variable": {
        "ENGINE": "django.db.backends.postgresql",  # ok: kept for a minute unless said otherwise; mutate: s/"60"/"0"/
        "NAME": "shop",
        "CONN_MAX_AGE": int(os.getenv("CONN_MAX_AGE", "60")),
    },
    "named": {
        "ENGINE": "django.db.backends.postgresql",  # ok: nobody says for how long; mutate: s/envint("DB_CONN_MAX_AGE")/envint("DB_CONN_MAX_AGE", "0")/
        "NAME": "shop",
        "CONN_MAX_AGE": envint("DB_CONN_MAX_AGE"),
    },
    "pooled": {
        "ENGINE": "django.db.backends.postgresql",  # ok: has a pool
        "NAME": "shop",
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"max_size": 10}},
    },
}
