import sqlite3

from flask import Flask

app = Flask(__name__)


@app.get("/visits/<int:page>")
def visit(page):
    # finding: DB-PREP-001
    sqlite3.connect("visits.db").execute(f"SELECT id FROM visits WHERE page = {page}")


def broken(:
