import psycopg2
from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
def health():
    # perfctl: allow DB-PERF-021 -- asks whether a connection can be opened
    psycopg2.connect("postgresql://db/shop").close()
