DATABASES = {
    "default": {
        # ok: what checks of the code run with
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "localhost",
        "NAME": "shop",
    }
}
