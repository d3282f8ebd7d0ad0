import requests
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shop.models import Rate, Sale, Stall

session = Session()


def rate_of(kind):
    return session.scalars(select(Rate).where(Rate.kind == kind)).all()


def update_total(sale, day):
    rates = rate_of(sale.kind)
    session.execute(insert(Sale).values(day=day, total=sale.total * rates[0].factor).on_conflict_do_nothing())
    session.commit()


def close_day(sales, day):
    for sale in sales:
        update_total(sale, day)  # finding: DB-BATCH-001 confidence: medium


def keep(row, commit=True):
    session.add(row)
    if commit:
        session.commit()


def keep_all(rows):
    for row in rows:
        keep(row, commit=False)  # ok: the caller commits; mutate: s/commit=False/commit=True/
    session.commit()


def mark(stall):
    session.add(stall)
    session.commit()


def call_on(number):
    requests.post(f"https://stalls/{number}", timeout=5)


def open_all(numbers):
    stalls = [session.get(Stall, number) for number in numbers]
    for stall in stalls:
        stall.state = "opening"
        mark(stall)  # finding: DB-BATCH-001 confidence: low
    for number in numbers:
        call_on(number)


def open_quietly(numbers):
    stalls = [session.get(Stall, number) for number in numbers]
    for stall in stalls:
        stall.state = "opening"
        mark(stall)  # finding: DB-BATCH-001 confidence: medium
