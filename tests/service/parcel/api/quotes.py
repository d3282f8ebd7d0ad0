"""Prices before a parcel is announced."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import APIRouter, Depends, HTTPException
from fastapi.concurrency import run_in_threadpool

from parcel.api.deps import get_geocoder, get_planner
from parcel.api.schemas import Quote
from parcel.clients.geo import Geocoder, RoutePlanner
from parcel.services.pricing import price_cents
from parcel.services.zones import zone_of
from parcel.settings import get_settings

router = APIRouter(prefix="/quotes", tags=["quotes"])


@router.get("")
async def quote(
    origin: str,
    destination: str,
    weight_g: int,
    geocoder: Geocoder = Depends(get_geocoder),
    planner: RoutePlanner = Depends(get_planner),
) -> Quote:
    start = await geocoder.lookup(origin)
    end = await geocoder.lookup(destination)
    if start is None or end is None:
        raise HTTPException(422, "unknown postcode")
    # Needs both points: nothing to run beside it.
    leg = await planner.leg(start, end)
    zone = await run_in_threadpool(zone_of, destination)
    return Quote(carrier="own", cents=price_cents(weight_g, leg.metres, zone), days=leg.days)


@router.get("/carriers")
async def carrier_quotes(origin: str, destination: str, weight_g: int) -> list[Quote]:
    wanted = {"from": origin, "to": destination, "grams": weight_g}
    async with httpx.AsyncClient(base_url=get_settings().rates_url) as client:
        answer = await client.get("/v2/rates", params=wanted)
    answer.raise_for_status()
    return [Quote(**rate) for rate in answer.json()["rates"]]


@router.post("/many")
async def quote_many(
    pairs: list[tuple[str, str]],
    weight_g: int,
    geocoder: Geocoder = Depends(get_geocoder),
) -> list[int | None]:
    """First prices of a basket: without the zone, which is looked up when a parcel is announced."""
    postcodes = sorted({postcode for pair in pairs for postcode in pair})
    points = dict(zip(postcodes, await asyncio.gather(*(geocoder.lookup(postcode) for postcode in postcodes))))
    cents: list[int | None] = []
    for origin, destination in pairs:
        start, end = points.get(origin), points.get(destination)
        cents.append(price_cents(weight_g, start.metres_to(end), "land") if start and end else None)
    return cents
