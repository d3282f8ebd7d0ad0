import psycopg2
import requests
from flask import Flask
from healthcheck import HealthCheck

app = Flask(__name__)
health = HealthCheck()
readiness = HealthCheck()


def database_answers():
    connection = psycopg2.connect("dbname=shop")  # finding: CR-002 confidence: medium
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, "ok"


def stock_answers():
    return requests.get("https://stock.internal/ping", timeout=2).ok, "stock"  # finding: CR-002 confidence: medium


def stock_is_ready():
    return requests.get("https://stock.internal/ready", timeout=2).ok, "stock"  # ok: readiness asks on purpose; mutate: s/readiness.add_check(stock_is_ready)/health.add_check(stock_is_ready)/


def process_answers():
    return True, "ok"


health.add_check(database_answers)
health.add_check(stock_answers)
health.add_check(process_answers)
readiness.add_check(stock_is_ready)

app.add_url_rule("/live", "live", view_func=lambda: health.run())
app.add_url_rule("/ready", "ready", view_func=lambda: readiness.run())
