"""Pushes the events of a day to one shop again, after it lost them."""

import argparse

import requests
from sqlalchemy import text

from parcel.db import engine

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("tenant", type=int)
parser.add_argument("day")
parser.add_argument("url")


def main() -> None:
    args = parser.parse_args()
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT * FROM scan_event WHERE date(at) = :day ORDER BY at"), {"day": args.day}
        ).mappings()
        for row in rows:
            owner = connection.execute(
                text("SELECT tenant_id FROM parcel WHERE id = :id"), {"id": row["parcel_id"]}
            ).scalar()
            if owner == args.tenant:
                answer = requests.post(args.url, json={"kind": row["kind"], "at": row["at"].isoformat()})
                print(row["id"], answer.status_code)


if __name__ == "__main__":
    main()
