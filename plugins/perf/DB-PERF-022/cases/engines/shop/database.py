from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine


def url_of(settings):
    return "postgresql://{s.user}:{s.password}@{s.host}/shop".format(s=settings)


def engine_for(settings):
    return create_engine(url_of(settings), pool_size=10)  # finding: DB-PERF-022 confidence: medium


# finding: DB-PERF-022 confidence: high
engine = create_engine("postgresql+psycopg://db/shop", pool_size=10)
# finding: DB-PERF-022 confidence: high
later = create_async_engine("postgresql+asyncpg://db/shop")
files = create_engine("sqlite:///shop.db")  # ok: SQLite; mutate: s#sqlite:///shop.db#postgresql://db/shop#
