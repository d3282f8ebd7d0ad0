import os

# ok: the image switches it on; mutate: s/"django.middleware.gzip.GZipMiddleware"/"shop.middleware.Timer"/
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]
if os.getenv("COMPRESS") == "yes":
    MIDDLEWARE.insert(0, "django.middleware.gzip.GZipMiddleware")
