from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI
from mangum import Mangum


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.pool = await asyncpg.create_pool("postgres://db/shop")  # ok: no request starts the application; mutate: s#, lifespan="off"##
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan)


def handler(event, context):
    return Mangum(app, lifespan="off")(event, context)
