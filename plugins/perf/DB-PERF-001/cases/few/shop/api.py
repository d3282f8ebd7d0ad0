from enum import Enum

from fastapi import FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, declarative_base

from shop.kinds import Channel

app = FastAPI()
Base = declarative_base()
engine = create_engine("postgresql://db/shop")
DAYS = [21, 14, 7]


class Kind(str, Enum):
    NEW = "new"
    USED = "used"


class Token(Base):
    __tablename__ = "tokens"


@app.post("/days")
def days(dates: list[str]):
    with Session(engine) as session:
        for day, date in zip(DAYS, dates):
            session.get(Token, (day, date))  # ok: as many as there are days; mutate: s/zip(DAYS, dates)/zip(dates, dates)/
        for at, date in enumerate(dates):
            session.get(Token, (at, date))  # finding: DB-PERF-001


@app.get("/kinds")
def kinds(more: list[str]):
    found = []
    with Session(engine) as session:
        for kind in Kind:
            found.append(session.get(Token, kind))  # ok: an enum; mutate: s/class Kind(str, Enum)/class Kind(str, Base)/
        for channel in list(Channel):
            found.append(session.get(Token, channel))  # ok: an enum of another file; mutate: s/list(Channel)/list(more)/
    return found


@app.post("/reports")
def reports(queries: dict[str, str]):
    with Session(engine) as session:
        for name, query in queries.items():
            # ok: each statement is another; mutate: s/text(query)/text("SELECT id FROM tokens WHERE name = :name"), {"name": query}/
            session.execute(text(query))


@app.post("/tables")
def tables(queries: dict[str, str]):
    with Session(engine) as session:
        for name, query in queries.items():
            found = session.execute(text(query))
            found.fetchall()  # ok: the same by way of a variable


REGIONS = {"north": ["fjord", "tundra"], "south": ["dune"]}
ROUTES = {"north": load_routes("north"), "south": ["dune"]}


@app.post("/regions")
def regions(region: str):
    found = []
    with Session(engine) as session:
        for place in REGIONS.get(region, ()):
            found.append(session.get(Token, place))  # ok: as many as somebody has written; mutate: s/REGIONS.get(region, ())/session.info.get(region, ())/
        if places := REGIONS.get(region):
            for place in places:
                found.append(session.get(Token, place))  # ok: the same; mutate: s/places := REGIONS/places := ROUTES/
    return found
