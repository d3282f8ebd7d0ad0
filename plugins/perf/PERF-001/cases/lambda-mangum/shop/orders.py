from typing import TYPE_CHECKING

import boto3  # ok: nearly every request needs it, and the platform has it
from fastapi import APIRouter

if TYPE_CHECKING:
    import numpy as np  # ok: for type checkers only

router = APIRouter()
table = boto3.resource("dynamodb").Table("orders")


@router.get("/orders/{number}")
def order(number: str):
    return table.get_item(Key={"number": number}).get("Item")


@router.get("/forecast")
def forecast() -> "np.ndarray":
    import statsmodels.api as sm  # ok: loaded by the function that needs it

    return sm.OLS([1], [1]).fit()
