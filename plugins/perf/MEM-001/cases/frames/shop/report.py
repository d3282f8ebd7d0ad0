import pandas as pd
from flask import Flask

from shop.database import engine

app = Flask(__name__)


@app.post("/report")
def report():
    orders = pd.read_sql("SELECT id, total FROM orders", engine)  # finding: MEM-001
    return {"total": int(orders.total.sum())}


@app.post("/table")
def table():
    return {"rows": len(pd.read_sql_table("orders", engine))}  # finding: MEM-001


@app.post("/chunked")
def chunked():
    total = 0
    for part in pd.read_sql("SELECT id, total FROM orders", engine, chunksize=5000):  # ok: in chunks; mutate: s/, chunksize=5000//
        total += part.total.sum()
    return {"total": int(total)}


@app.post("/day")
def day():
    orders = pd.read_sql("SELECT id, total FROM orders WHERE day = 3", engine)  # ok: filtered; mutate: s/ WHERE day = 3//
    return {"total": int(orders.total.sum())}


@app.post("/groups")
def groups():
    sums = pd.read_sql("SELECT day, sum(total) FROM orders GROUP BY day", engine)  # ok: as many as there are days
    return {"days": len(sums)}
