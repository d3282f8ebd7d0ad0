import contextlib

from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine


def make_engine():
    return create_async_engine("postgresql+asyncpg://db/shop", pool_size=5)


@contextlib.asynccontextmanager
async def session_of_its_own():
    engine = make_engine()  # finding: DB-PERF-021 confidence: medium
    try:
        async with AsyncSession(engine) as session:
            yield session
    finally:
        await engine.dispose()


@contextlib.asynccontextmanager
async def lifespan(app):
    engine = make_engine()  # ok: one for as long as the application runs
    yield {"engine": engine}
    await engine.dispose()
