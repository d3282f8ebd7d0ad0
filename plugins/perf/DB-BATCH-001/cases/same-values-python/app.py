from databases import Database
from fastapi import FastAPI
from sqlalchemy import update
from sqlalchemy.orm import Session

from models import Parcel

app = FastAPI()
database = Database("postgresql://localhost/parcels")


@app.post("/clear")
async def clear(ids: list[int]):
    for number in ids:
        await database.execute(  # finding: DB-BATCH-001
            "UPDATE parcels SET late = false WHERE id = :number",
            values={"number": number},
        )


@app.post("/weigh")
async def weigh(rows: list[dict]):
    for row in rows:
        await database.execute("UPDATE parcels SET weight = :weight WHERE id = 1", values={"weight": row["weight"]})  # ok: the item is no key
    for row in rows:
        await database.execute(  # ok: each is counted for itself
            "UPDATE parcels SET lines = (SELECT count(*) FROM lines WHERE parcel = :number) WHERE id = :number",
            values={"number": row["number"]},
        )


async def move(number: int, place: str | None):
    await database.execute("UPDATE parcels SET place = :place WHERE id = :number", values={"number": number, "place": place})


@app.post("/lost")
async def lost(ids: list[int]):
    for number in ids:
        await move(number, None)  # finding: DB-BATCH-001


@app.post("/moved")
async def moved(rows: list[dict]):
    for row in rows:
        await move(row["number"], row["place"])  # ok: each goes elsewhere; mutate: s/row["place"]/None/


def close(session: Session, ids: list[int]):
    for number in ids:
        session.execute(update(Parcel).where(Parcel.id == number).values(state="closed"))  # finding: DB-BATCH-001


def close_groups(session: Session, groups: list[list[int]]):
    for ids in groups:
        session.execute(update(Parcel).where(Parcel.id.in_(ids)).values(state="closed"))  # ok: a list of keys each; mutate: s/Parcel.id.in_(ids)/Parcel.id == ids/
