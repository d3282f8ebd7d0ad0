"""Where shops want to hear of their parcels."""

from __future__ import annotations

import httpx
from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parcel.api.deps import Page, get_async_session, get_http, page_of
from parcel.models import Subscription
from parcel.services import notify

router = APIRouter(prefix="/subscriptions", tags=["subscriptions"])


@router.get("")
async def list_subscriptions(
    tenant_id: int, page: Page = Depends(page_of), session: AsyncSession = Depends(get_async_session)
) -> list[dict[str, object]]:
    query = select(Subscription).where(Subscription.tenant_id == tenant_id).order_by(Subscription.id)
    if page.after is not None:
        query = query.where(Subscription.id > page.after)
    found = await session.scalars(query.limit(page.limit))
    return [{"id": one.id, "url": one.url, "active": one.active} for one in found]


@router.post("/{subscription_id}/try")
async def try_subscription(
    subscription_id: int,
    session: AsyncSession = Depends(get_async_session),
    http: httpx.AsyncClient = Depends(get_http),
) -> dict[str, bool]:
    subscription = await session.get(Subscription, subscription_id)
    if subscription is None:
        raise HTTPException(404, "no such subscription")
    taken = await notify.push(http, subscription.url, subscription.secret, {"kind": "try"})
    return {"taken": taken}
