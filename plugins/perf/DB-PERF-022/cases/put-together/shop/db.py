from fastapi import FastAPI
from sqlalchemy.ext.asyncio import create_async_engine

from shop.settings import settings


def make_engine(connection):
    url, connect_args = connection
    options = {"connect_args": connect_args}
    if url.get_dialect().name != "sqlite":
        options["pool_size"] = 10
    return create_async_engine(url, **options)  # finding: DB-PERF-022 confidence: medium


def main_engine():
    return make_engine(settings.connection())


app = FastAPI()
app.state.engine = main_engine()
