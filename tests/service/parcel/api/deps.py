"""What routes ask for: a session, the caller, a page, the clients of this process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx
from fastapi import Depends, Header, HTTPException, Query, Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from parcel.clients.geo import Geocoder, RoutePlanner
from parcel.db import AsyncSessionLocal, SessionLocal
from parcel.models import Tenant
from parcel.services.live import LiveBoard
from parcel.settings import get_settings


@dataclass(frozen=True)
class Page:
    """A page by key: at most `limit` rows after the row with id `after`."""

    limit: int
    after: int | None


def page_of(limit: int = Query(50, ge=1, le=200), after: int | None = Query(None, ge=0)) -> Page:
    return Page(limit=limit, after=after)


def get_session() -> Iterator[Session]:
    with SessionLocal() as session:
        yield session


async def get_async_session() -> AsyncIterator[AsyncSession]:
    async with AsyncSessionLocal() as session:
        yield session


def current_tenant(
    x_api_key: str = Header(), session: Session = Depends(get_session)
) -> Tenant:
    tenant = session.scalars(select(Tenant).where(Tenant.api_key == x_api_key)).first()
    if tenant is None:
        raise HTTPException(401, "unknown key")
    return tenant


def get_http(request: Request) -> httpx.AsyncClient:
    return request.app.state.http


def get_geocoder(http: httpx.AsyncClient = Depends(get_http)) -> Geocoder:
    return Geocoder(http, get_settings().geocoder_url)


def get_planner(http: httpx.AsyncClient = Depends(get_http)) -> RoutePlanner:
    return RoutePlanner(http, get_settings().routes_url)


def get_board(request: Request) -> LiveBoard:
    return request.app.state.board
