import psycopg

from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


def count(metrics):
    return metrics.query("SELECT count(*) FROM orders WHERE status IN ('open', 'in_progress')")
