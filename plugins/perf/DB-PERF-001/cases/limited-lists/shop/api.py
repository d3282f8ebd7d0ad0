from fastapi import FastAPI
from pydantic import BaseModel, Field
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, declarative_base

app = FastAPI()
Base = declarative_base()
engine = create_engine("postgresql://db/shop")


class Photo(Base):
    __tablename__ = "photos"


class Offer(BaseModel):
    photos: list[int] = Field(default_factory=list, max_length=2)
    parts: list[int] = Field(default_factory=list, max_length=2000)


@app.post("/offers")
def offer(body: Offer):
    found = []
    with Session(engine) as session:
        for number in body.photos:
            found.append(session.get(Photo, number))  # finding: DB-PERF-001 confidence: low -- two at most
        for number in body.parts:
            found.append(session.get(Photo, number))  # finding: DB-PERF-001 confidence: high
    return found


@app.post("/pairs")
def pairs(body: dict):
    found = []
    with Session(engine) as session:
        for number in body["sides"]:
            found.append(session.get(Photo, number))  # finding: DB-PERF-001 confidence: low -- two are expected
        for number in body["corners"]:
            found.append(session.get(Photo, number))  # finding: DB-PERF-001 confidence: high
        sides, corners = found, found
        if len(sides) == 2 and len(corners) > 2:
            return found
    return []
