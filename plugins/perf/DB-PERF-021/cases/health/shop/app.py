import psycopg2
from flask import Flask
from healthcheck import HealthCheck

app = Flask(__name__)
health = HealthCheck()


def database_answers():
    with psycopg2.connect("dbname=shop") as connection:  # finding: DB-PERF-021
        connection.cursor().execute("SELECT 1")
    return True, "ok"


def by_hand():
    with psycopg2.connect("dbname=shop") as connection:  # ok: nobody asks for it; mutate: s/health.add_check(database_answers)/health.add_check(by_hand)/
        connection.cursor().execute("SELECT 1")


health.add_check(database_answers)
app.add_url_rule("/health", "health", view_func=lambda: health.run())
