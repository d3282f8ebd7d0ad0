import psycopg2
from celery import shared_task
from pymongo import MongoClient
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine("postgresql://db/shop")  # ok: made with the process
client = MongoClient("mongodb://db")  # ok: made with the process


@shared_task
def ship(number):
    # finding: DB-PERF-021 confidence: high
    own = create_engine("postgresql://db/shop")
    with Session(own) as db:
        db.execute("UPDATE orders SET shipped = true WHERE id = :id", {"id": number})
        db.commit()


@shared_task
def clean():
    own = create_engine("postgresql://db/shop")  # ok: ended with the task; mutate: s/own.dispose()/pass/
    with Session(own) as db:
        db.execute("DELETE FROM carts WHERE old")
    own.dispose()


@shared_task
def export():
    connection = psycopg2.connect("postgresql://db/shop")  # ok: one connection for one long job
    connection.cursor().execute("SELECT id FROM orders")
