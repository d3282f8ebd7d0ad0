from flask import Flask

from data import store

app = Flask(__name__)


@app.get("/donations/<donor>")
def donations(donor):
    rows = store.listed("donations")
    return {"rows": len(rows)}


@app.get("/total")
def total():
    return {"total": store.total()}
