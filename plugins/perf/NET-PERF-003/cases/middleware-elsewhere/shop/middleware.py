from starlette.middleware.gzip import GZipMiddleware


def install(app):
    app.add_middleware(GZipMiddleware)
