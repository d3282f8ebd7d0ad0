import requests
import sqlalchemy
from fastapi import Depends, FastAPI
from flask import Flask
from sqlalchemy.orm import Session

from shop.checks import database_answers

app = FastAPI()
flask = Flask(__name__)
engine = sqlalchemy.create_engine("postgresql://db/shop")


def session():
    with Session(engine) as one:
        yield one


@app.get("/healthz")
def healthz(db: Session = Depends(session)):
    db.execute(sqlalchemy.text("SELECT 1"))  # finding: CR-002 confidence: high
    return {"status": "ok"}


@flask.route("/health-check/")
def stock_is_up():
    return requests.get("https://stock/health", timeout=5).json()  # finding: CR-002


@app.get("/health")
async def health():
    return {"database": await database_answers()}  # finding: CR-002 -- through a helper


@app.get("/status")
def status(db: Session = Depends(session)):
    db.execute(sqlalchemy.text("SELECT 1"))  # finding: CR-002 confidence: medium
    return "OK"


@app.get("/livez")
def livez():
    # perfctl: allow CR-002 -- a store in the same pod
    return requests.get("http://localhost:9000/", timeout=1).status_code
