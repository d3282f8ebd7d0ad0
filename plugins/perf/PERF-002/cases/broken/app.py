import psycopg
from flask import Flask

app = Flask(__name__)
connection = psycopg.connect("dbname=shop")  # finding: PERF-002


def unfinished(:
    pass


@app.route("/")
def root():
    return str(connection.execute("SELECT 1").fetchone())
