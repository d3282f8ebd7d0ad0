import psycopg2
from fastapi import FastAPI

app = FastAPI()


@app.on_event("startup")
def set_up():
    connection = psycopg2.connect(host="db", dbname="shop")  # ok: sets up a schema once; mutate: s|@app.on_event("startup")|@app.get("/")|
    connection.cursor().execute("CREATE EXTENSION IF NOT EXISTS postgis")
