import asyncio

from fastapi import FastAPI
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, declarative_base

app = FastAPI()
Base = declarative_base()
engine = create_engine("postgresql://db/shop")


class Token(Base):
    __tablename__ = "tokens"


def touched(session: Session, numbers):
    found = []
    for number in numbers:
        # The ticker brings many, whatever the handler brings.
        found.append(session.get(Token, number))  # finding: DB-PERF-001 confidence: high
    return found


def looked_up(session: Session, numbers):
    found = []
    for number in numbers:
        found.append(session.get(Token, number))  # finding: DB-PERF-001 confidence: low
    return found


def asked(session: Session, numbers):
    found = []
    for number in numbers:
        found.append(session.get(Token, number))  # finding: DB-PERF-001 confidence: high
    return found


def sifted(session: Session, flags, numbers):
    found = []
    wanted = [number for number in numbers if number not in flags]
    for number in wanted:
        # One flag and many numbers are many.
        found.append(session.get(Token, number))  # finding: DB-PERF-001 confidence: high
    return found


def stored(session: Session, flags, numbers):
    found = []
    wanted = [number for number in numbers if number not in flags]
    for number in wanted:
        found.append(session.get(Token, number))  # finding: DB-PERF-001 confidence: high
    return found


def one_sifted(session: Session, flags, numbers):
    found = []
    wanted = [number for number in numbers if number not in flags]
    for number in wanted:
        found.append(session.get(Token, number))  # finding: DB-PERF-001 confidence: low
    return found


def changed(session: Session, rows):
    for row in rows:
        session.get(Token, row.number)  # finding: DB-PERF-001 confidence: low -- a row as it was and as it will be


def spread(session: Session, rows):
    for row in rows:
        session.get(Token, row.number)  # finding: DB-PERF-001 confidence: high


def named(session: Session, numbers):
    found = []
    for number in numbers:
        found.append(session.get(Token, number))  # finding: DB-PERF-001 confidence: low
    return found


def called_by_nobody(session: Session, numbers):
    found = []
    for number in numbers:
        found.append(session.get(Token, number))  # finding: DB-PERF-001 confidence: medium
    return found


@app.get("/tokens/{number}")
def token(number: int):
    with Session(engine) as session:
        stored(session, ["used"], session.scalars(select(Token)).all())
        named(numbers=[number], session=session)
        old, new = session.get(Token, number), Token()
        changed(session, [old, new])
        changed(session, [new])
        spread(session, [old, *new.children])
        return [touched(session, [number]), looked_up(session, [number]), one_sifted(session, ["used"], [number])]


@app.post("/tokens")
def tokens(numbers: list[int]):
    with Session(engine) as session:
        return asked(session, numbers), sifted(session, ["used"], numbers)


async def ticker(connected):
    while True:
        await asyncio.sleep(300)
        with Session(engine) as session:
            touched(session, connected.numbers())


def in_a_table(session: Session, numbers):
    found = []
    for number in numbers:
        found.append(session.get(Token, number))  # finding: DB-PERF-001 confidence: high
    return found


def of_another_file(session: Session, numbers):
    found = []
    for number in numbers:
        found.append(session.get(Token, number))  # finding: DB-PERF-001 confidence: high
    return found


HANDLERS = {"tokens": in_a_table}
