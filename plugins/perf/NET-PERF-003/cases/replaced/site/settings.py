from site_base import BASE

# finding: NET-PERF-003
MIDDLEWARE = [
    *BASE,
    "django.middleware.common.CommonMiddleware",
]
