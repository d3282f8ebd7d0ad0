from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from shop.api import app as api

app = FastAPI()
app.add_middleware(GZipMiddleware)
app.mount("/api", api)
