"""Prices."""
from functools import cache

from fastapi import FastAPI

app = FastAPI()


@cache  # finding: MEM-004
def price(user_id: str) -> int:
    return len(user_id)


@app.get("/prices/{user_id}")
def prices(user_id: str):
    return price(user_id)
