from fastapi import FastAPI
from sqlalchemy.orm import Session

from shop.database import engine_for, session
from shop.settings import settings

app = FastAPI()
app.state.engine = engine_for(settings)  # ok: kept for all requests


@app.get("/orders")
def orders():
    with Session(app.state.engine) as db, session() as other:
        return db.execute("SELECT id FROM orders").all(), other.execute("SELECT 1").all()


@app.get("/report")
def report():
    with Session(engine_for(settings)) as db:  # finding: DB-PERF-021 confidence: high
        return db.execute("SELECT sum(total) FROM orders").scalar()
