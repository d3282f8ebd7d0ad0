from django.core.wsgi import get_wsgi_application
from configurations import Configuration, values


class Base(Configuration):
    CACHES = values.CacheURLValue("redis://localhost:6379")  # ok: no database
    DATABASES = values.DatabaseURLValue("postgres://shop@localhost/shop")  # finding: DB-PERF-022 confidence: high


application = get_wsgi_application()
