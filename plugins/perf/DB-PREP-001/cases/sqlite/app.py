import sqlite3

from flask import Flask

app = Flask(__name__)


@app.post("/visits/<page>")
def visit(page):
    with sqlite3.connect("visits.db") as connection:
        connection.execute(f"INSERT INTO visits (page) VALUES ('{page}')")  # finding: DB-PREP-001 confidence: medium
    return "", 204
