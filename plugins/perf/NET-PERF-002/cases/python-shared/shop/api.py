from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request

from shop.clients import Mail, model, queue, shared, storage


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.http = httpx.AsyncClient()  # ok: lives as long as the application; mutate: s/FastAPI(lifespan=lifespan)/FastAPI()/ s/@asynccontextmanager/@app.get("\/")/ s/app.state.http = //
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/all")
async def everything(request: Request):
    await request.app.state.http.get("https://a.example")
    return model(), storage(), queue("eu"), shared, Mail.http()
