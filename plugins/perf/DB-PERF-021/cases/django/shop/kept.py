DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",  # ok: kept for a minute; mutate: s/"CONN_MAX_AGE": 60/"CONN_MAX_AGE": 0/
        "NAME": "shop",
        "CONN_MAX_AGE": 60,
    },
    "pooled": {
        "ENGINE": "django.db.backends.postgresql",  # ok: has a pool
        "NAME": "shop",
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"max_size": 10}},
    },
}
