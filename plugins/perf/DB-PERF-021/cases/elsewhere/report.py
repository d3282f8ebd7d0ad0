import sqlite3

import psycopg2
from fastapi import FastAPI
from sqlalchemy import create_engine

app = FastAPI()


@app.get("/search")
def search(text: str):
    engine = create_engine("sqlite:///search.db")  # ok: a file; mutate: s#sqlite:///search.db#postgresql://db/shop#
    return sqlite3.connect("search.db"), engine


def main():
    psycopg2.connect("postgresql://db/shop").cursor().execute("VACUUM")  # ok: run by hand


if __name__ == "__main__":
    main()
