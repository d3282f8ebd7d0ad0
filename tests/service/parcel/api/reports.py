"""Reports for the depots' managers."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Depends, Response
from fastapi.responses import FileResponse
from sqlalchemy.orm import Session

from parcel.api.deps import get_session
from parcel.clients import customs
from parcel.services import exports, forecast, reports

router = APIRouter(prefix="/reports", tags=["reports"])


@router.get("/delivery.csv")
def delivery_report(since: date, session: Session = Depends(get_session)) -> Response:
    return Response(reports.delivery_times_csv(session, since), media_type="text/csv")


@router.get("/late")
def late_report(depot_id: int, session: Session = Depends(get_session)) -> dict[str, object]:
    return reports.late_summary(session, depot_id)


@router.get("/forecast/{depot_id}")
def depot_forecast(depot_id: int, session: Session = Depends(get_session)) -> dict[str, float]:
    return forecast.parcels_per_weekday(session, depot_id)


@router.get("/runs/{run_id}/sheet")
def run_sheet(run_id: int, session: Session = Depends(get_session)) -> FileResponse:
    return FileResponse(exports.write_run_sheet(session, run_id), media_type="text/csv")


@router.get("/tariffs")
def tariff_report() -> dict[str, int]:
    return customs.tariffs()
