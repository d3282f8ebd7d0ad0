import psycopg
from flask import Flask

app = Flask(__name__)
# perfctl: allow PERF-002 -- the process is meant to fail at once
connection = psycopg.connect("dbname=shop")


@app.route("/")
def root():
    return str(connection.execute("SELECT 1").fetchone())
