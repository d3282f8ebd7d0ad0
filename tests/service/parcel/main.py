"""The API: `uvicorn parcel.main:app`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from parcel import __version__, cache
from parcel.api import (
    depots, health, invoices, labels, parcels, proofs, quotes, reports, runs, scans, subscriptions, tracking, webhooks,
)
from parcel.db import async_engine, engine
from parcel.logs import setup_logging
from parcel.middleware import install_middleware
from parcel.services.live import LiveBoard
from parcel.settings import get_settings
from parcel.telemetry import setup_tracing


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One HTTP client and one board per process."""
    settings = get_settings()
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=20)
    app.state.http = httpx.AsyncClient(limits=limits, timeout=httpx.Timeout(3.0, connect=1.0))
    app.state.board = LiveBoard(settings.redis_url)
    with open(settings.postcode_file + ".version", encoding="utf-8") as version:
        app.state.postcode_version = version.read().strip()
    yield
    await app.state.http.aclose()
    await cache.client.aclose()
    await async_engine.dispose()
    engine.dispose()


def create_app() -> FastAPI:
    setup_logging()
    setup_tracing("parcel-api")
    settings = get_settings()
    app = FastAPI(title="parcel", version=__version__, debug=settings.debug, lifespan=lifespan)
    install_middleware(app)
    for module in (
        depots, health, invoices, labels, parcels, proofs, quotes, reports, runs, scans, subscriptions, tracking, webhooks,
    ):
        app.include_router(module.router)
    return app


app = create_app()
