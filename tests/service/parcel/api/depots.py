"""Depots and what lies in them."""

from __future__ import annotations

from fastapi import APIRouter, Depends, HTTPException, Query
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from parcel.api.deps import get_session
from parcel.models import Depot, Parcel
from parcel.services import board
from parcel.services.levels import SERVICE_LEVELS

router = APIRouter(tags=["depots"])


@router.get("/service-levels")
def list_service_levels() -> list[dict[str, object]]:
    return [level.as_dict() for level in SERVICE_LEVELS]


@router.get("/depots/{code}")
def show_depot(code: str, session: Session = Depends(get_session)) -> dict[str, object]:
    depot = session.scalars(select(Depot).where(Depot.code == code)).one_or_none()
    if depot is None:
        raise HTTPException(404, "no such depot")
    waiting = session.scalar(
        select(func.count()).select_from(Parcel).where(Parcel.depot_id == depot.id, Parcel.status == "in")
    )
    return {"code": depot.code, "name": depot.name, "waiting": waiting}


@router.get("/depots/{depot_id}/parcels")
def list_depot_parcels(
    depot_id: int,
    limit: int = Query(100, ge=1, le=500),
    session: Session = Depends(get_session),
) -> list[dict[str, object]]:
    parcels = session.scalars(select(Parcel).where(Parcel.depot_id == depot_id).order_by(Parcel.id)).all()
    return [{"tracking_number": parcel.tracking_number, "status": parcel.status} for parcel in parcels]


@router.get("/depots/{depot_id}/board")
def show_board(depot_id: int, session: Session = Depends(get_session)) -> list[dict[str, object]]:
    return board.by_depot(session, depot_id)
