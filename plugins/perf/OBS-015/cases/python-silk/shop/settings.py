MIDDLEWARE = ["silk.middleware.SilkyMiddleware"]
