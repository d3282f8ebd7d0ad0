from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, declarative_base

app = FastAPI()
engine = create_engine("postgresql://db/shop")
Base = declarative_base()


class Owner(Base):
    __tablename__ = "owners"


@app.post("/owners")
def owners(orders: list[dict]):
    known = {}
    with Session(engine) as session:
        for order in orders:
            if order["owner"] not in known:
                known[order["owner"]] = session.get(Owner, order["owner"])  # finding: DB-PERF-001 confidence: low -- once per owner
        for order in orders:
            mine = {}
            if order["owner"] not in mine:
                mine[order["owner"]] = session.get(Owner, order["owner"])  # finding: DB-PERF-001 confidence: high -- gone with the turn
    return known
