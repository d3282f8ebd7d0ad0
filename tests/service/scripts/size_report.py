"""Weights and sizes of a month, for the buyers of vans."""

import sys

import pandas as pd
from sqlalchemy import text

from parcel.db import engine

QUERY = text("SELECT * FROM parcel WHERE created_at >= :start AND created_at < :end")

if __name__ == "__main__":
    start, end = sys.argv[1:3]
    frame = pd.read_sql(QUERY, engine, params={"start": start, "end": end})
    print(frame.groupby("depot_id")["weight_g"].describe())
