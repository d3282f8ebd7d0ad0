import psycopg2
from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
def health():
    psycopg2.connect("postgresql://db/shop").close()  # finding: DB-PERF-021


def other(:
    pass
