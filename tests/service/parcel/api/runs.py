"""Runs of the vans."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from parcel.api.deps import Page, get_session, page_of
from parcel.api.schemas import StopOut
from parcel.models import Run
from parcel.services import routing

router = APIRouter(prefix="/runs", tags=["runs"])


@router.get("")
def list_runs(session: Session = Depends(get_session)) -> list[dict[str, object]]:
    runs = session.scalars(select(Run).order_by(Run.day.desc(), Run.van)).all()
    return [{"id": run.id, "day": run.day, "van": run.van} for run in runs]


@router.get("/today")
def list_todays_runs(page: Page = Depends(page_of), session: Session = Depends(get_session)) -> list[dict[str, object]]:
    return routing.runs_of(session, date.today(), page)


@router.get("/{run_id}/stops")
def list_stops(run_id: int, session: Session = Depends(get_session)) -> list[StopOut]:
    run = session.get(Run, run_id, options=[selectinload(Run.stops)])
    if run is None:
        raise HTTPException(404, "no such run")
    return routing.stops_of(session, run)
