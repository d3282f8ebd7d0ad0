ROOT_URLCONF = "shop.urls"

# finding: NET-PERF-003 confidence: medium
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]
