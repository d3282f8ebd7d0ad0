import sqlite3

import psycopg
from fastapi import FastAPI

app = FastAPI()
connection = sqlite3.connect("orders")


@app.get("/orders")
def orders():
    return []


def all_of(table):
    query_count = 1
    while table.more():
        query_count += 1
    return query_count
