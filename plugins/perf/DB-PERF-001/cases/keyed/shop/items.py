from fastapi import FastAPI
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, declarative_base, sessionmaker

app = FastAPI()
Base = declarative_base()
SessionLocal = sessionmaker(bind=create_engine("postgresql://db/shop"))


class Tag(Base):
    __tablename__ = "tags"


class Item(Base):
    __tablename__ = "items"

    def __init__(self, session: Session, **fields):
        for key, value in fields.items():
            # ok: as many as the caller writes; mutate: s/fields.items()/session.info.items()/
            setattr(self, key, session.get(Tag, value))


def convert(session: Session, key, value):
    if key == "tags":
        return session.get(Tag, value)
    if isinstance(value, dict):
        # ok: asks for one of the keys only
        return {name: convert(session, name, one) for name, one in value.items()}
    return value


@app.post("/items")
def add(body: dict):
    session = SessionLocal()
    for name, one in body.items():
        body[name] = convert(session, name, one)  # ok: the same; mutate: s/key == "tags"/value != "tags"/
    for name, one in body.items():
        body[name] = convert(session, "tags", one)  # finding: DB-PERF-001
    return body
