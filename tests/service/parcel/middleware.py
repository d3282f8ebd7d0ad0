"""What every request passes through."""

from __future__ import annotations

import logging
import time
import uuid

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware

logger = logging.getLogger(__name__)

SLOW_S = 0.5


async def _time_request(request: Request, call_next):
    request_id = request.headers.get("x-request-id") or uuid.uuid4().hex
    started = time.perf_counter()
    response = await call_next(request)
    took = time.perf_counter() - started
    response.headers["x-request-id"] = request_id
    response.headers["server-timing"] = f"app;dur={took * 1000:.1f}"
    if took > SLOW_S:
        logger.warning("slow request", extra={"path": request.url.path, "seconds": round(took, 3), "request": request_id})
    return response


def install_middleware(app: FastAPI) -> None:
    """Order matters: what is added last sees the request first."""
    app.middleware("http")(_time_request)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["https://admin.parcel.example", "https://track.parcel.example"],
        allow_methods=["GET", "POST"],
        allow_headers=["x-api-key", "content-type"],
    )
    app.add_middleware(GZipMiddleware, minimum_size=1024)
