from contextlib import asynccontextmanager

from fastapi import FastAPI
from shelf_database import close_connection, connect_to_database


@asynccontextmanager
async def lifespan(app: FastAPI):
    await connect_to_database(app)
    yield
    await close_connection(app)


app = FastAPI(lifespan=lifespan)
