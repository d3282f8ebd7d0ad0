"""Pools that cannot be moved in front of their function as they stand."""

import asyncpg
import redis
from flask import Flask, current_app
from sqlalchemy import create_engine

app = Flask(__name__)


@app.get("/orders/<region>")
def orders(region):
    # finding: DB-PERF-021 confidence: low
    engine = create_engine(f"postgresql://{region}/shop")
    return engine.connect().execute("SELECT id FROM orders").all()


@app.get("/carts")
def carts():
    # finding: DB-PERF-021
    carts_engine = create_engine(current_app.config["CARTS"])
    return carts_engine.connect().execute("SELECT id FROM carts").all()


@app.get("/visits")
def visits():
    # finding: DB-PERF-021
    return str(redis.Redis(host="cache").incr("visits"))


@app.get("/prices")
async def prices():
    # finding: DB-PERF-021
    pool = await asyncpg.create_pool("postgresql://db/shop")
    return await pool.fetch("SELECT id FROM prices")


@app.get("/stock")
def stock():
    # finding: DB-PERF-021
    changed = create_engine("postgresql://db/stock")
    changed = changed.execution_options(isolation_level="AUTOCOMMIT")
    return changed.connect().execute("SELECT id FROM stock").all()


@app.get("/parts")
def parts():
    # finding: DB-PERF-021
    e = create_engine("postgresql://db/parts")
    return e.connect().execute("SELECT id FROM parts").all()


@app.get("/sizes")
def sizes():
    sizes_engine = create_engine("postgresql://db/sizes")  # finding: DB-PERF-021
    return sizes_engine.connect().execute("SELECT id FROM sizes").all()
