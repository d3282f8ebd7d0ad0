from sqlalchemy import create_engine
from sqlalchemy.orm import Session

URL = "postgresql://db/shop"
SHIP = "UPDATE orders SET shipped = true WHERE id = :id"


def ship(number):
    # finding: DB-PERF-021
    engine = create_engine(URL)
    with Session(engine) as db:
        db.execute(SHIP, {"id": number})


def nightly():
    # finding: DB-PERF-021
    with Session(create_engine(URL)) as db:
        db.execute("DELETE FROM carts WHERE old")


class Report:
    def send(self):
        # finding: DB-PERF-021
        with Session(create_engine(URL)) as db:
            db.execute("SELECT sum(total) FROM orders")


def weekly():
    # finding: DB-PERF-021
    with Session(create_engine(URL)) as db:
        db.execute("DELETE FROM visits")


def yearly():
    # ok: nobody is seen to run it; mutate: shop/api.py s/yearly-report/shop.tasks.yearly/
    with Session(create_engine(URL)) as db:
        db.execute("DELETE FROM years")
