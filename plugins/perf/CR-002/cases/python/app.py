import requests
import sqlalchemy
from fastapi import Depends, FastAPI
from flask import Flask
from sqlalchemy.orm import Session

from healthlib import answer_of
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


def orders_answer():
    with Session(engine) as db:
        return {"orders": db.execute(sqlalchemy.text("SELECT count(*) FROM orders")).scalar()}


def version():
    return {"version": 3}


@flask.route("/_status")
def app_is_there():
    return answer_of(checks=[version, orders_answer])  # finding: CR-002 confidence: medium


@flask.route("/_ping")
def app_is_up():
    # ok: what it checks asks nobody; mutate: s/answer_of(checks=[version])/answer_of(checks=[orders_answer])/
    return answer_of(checks=[version])


@flask.route("/status/open")
def open_orders():
    # ok: no probe
    return answer_of(checks=[orders_answer])
