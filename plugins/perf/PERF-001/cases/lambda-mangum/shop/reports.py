import pandas as pd  # finding: PERF-001
from fastapi import APIRouter
from polars import DataFrame  # finding: PERF-001

from shop.frames import summary

router = APIRouter()


def as_rows(frame: DataFrame) -> list:
    return frame.to_dicts()


@router.get("/report")
def report():
    """The month's orders."""
    return pd.read_csv("orders.csv").to_csv() + str(summary())
