from flask import Blueprint
from sqlalchemy import create_engine

router = Blueprint("sums", __name__)


@router.get("/sums")
def sums():
    # finding: DB-PERF-021
    engine = create_engine("postgresql://db/sums")
    return engine.connect().execute("SELECT sum(total) FROM orders").scalar()


@router.get("/counts")
def counts():
    # finding: DB-PERF-021
    engine = create_engine("postgresql://db/counts")
    return engine.connect().execute("SELECT count(*) FROM orders").scalar()
