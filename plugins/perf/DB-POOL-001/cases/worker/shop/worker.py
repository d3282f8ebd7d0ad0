from celery import Celery
from sqlalchemy import create_engine, text

app = Celery("shop")
# ok: no handler of the service reaches it; mutate: shop/api.py s/from fastapi import FastAPI/from fastapi import FastAPI\nfrom shop.worker import engine/
engine = create_engine("postgresql+psycopg://shop@db/shop")


@app.task
def clean():
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM sessions"))
