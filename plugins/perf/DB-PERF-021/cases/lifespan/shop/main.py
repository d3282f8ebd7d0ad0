from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI
from mangum import Mangum


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.pool = await asyncpg.create_pool("postgres://db/shop")  # finding: DB-PERF-021 confidence: medium
    yield
    await app.state.pool.close()


@asynccontextmanager
async def lasting(app: FastAPI):
    app.state.reports = await asyncpg.create_pool("postgres://db/reports")  # ok: nothing ends it; mutate: s/    yield  # goes on/    yield\n    await app.state.reports.close()/
    yield  # goes on


app = FastAPI(lifespan=lifespan)
reports = FastAPI(lifespan=lasting)


def handler(event, context):
    return Mangum(app)(event, context)


def report(event, context):
    return Mangum(reports)(event, context)
