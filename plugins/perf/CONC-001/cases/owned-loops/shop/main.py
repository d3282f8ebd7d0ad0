import time
from contextlib import asynccontextmanager

import psycopg2
from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app: FastAPI):
    psycopg2.connect("dbname=shop").close()  # ok: nothing is served before it is done; mutate: s/FastAPI(lifespan=lifespan)/FastAPI()/
    yield


app = FastAPI(lifespan=lifespan)


@app.on_event("startup")
async def ready():
    time.sleep(1)  # ok: nothing is served before it is done; mutate: s/@app.on_event("startup")/@app.get("\/")/
