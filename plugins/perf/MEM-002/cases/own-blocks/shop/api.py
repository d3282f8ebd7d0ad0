import sqlite3
from contextlib import closing

import duckdb
import psycopg
import psycopg2
import pymysql
import pyodbc
from fastapi import FastAPI

app = FastAPI()


@app.get("/search")
def search(text: str):
    with sqlite3.connect("search.db") as con:  # finding: MEM-002 confidence: medium
        return con.execute("SELECT title FROM page WHERE text = ?", (text,)).fetchall()


@app.get("/orders")
def orders():
    with psycopg2.connect("") as con, con.cursor() as cursor:  # finding: MEM-002 confidence: medium
        cursor.execute("SELECT id FROM orders")
        return cursor.fetchall()


@app.get("/stock")
def stock():
    con = pyodbc.connect("DSN=shop")  # finding: MEM-002 confidence: medium
    with con:
        return con.execute("SELECT id FROM stock").fetchall()


@app.get("/paid")
def paid():
    con = psycopg2.connect("")  # ok: closed behind its block; mutate: s/con.close()/pass/
    try:
        with con:
            con.cursor().execute("UPDATE orders SET paid = true")
    finally:
        con.close()


@app.get("/both")
def both():
    with closing(psycopg2.connect("")) as con, con:  # ok: `closing` closes it, its own block ends the transaction; mutate: s/closing(psycopg2.connect("")) as con, con:/psycopg2.connect("") as con:/
        con.cursor().execute("UPDATE orders SET paid = true")


@app.get("/three")
def three():
    with psycopg.connect("") as con:  # ok: the block of psycopg 3 closes; mutate: s/psycopg.connect/psycopg2.connect/
        return con.execute("SELECT id FROM orders").fetchall()


@app.get("/mysql")
def mysql():
    with pymysql.connect(host="db") as con:  # ok: it closes; mutate: s/pymysql.connect(host="db")/pyodbc.connect("DSN=shop")/
        con.cursor().execute("SELECT id FROM orders")


@app.get("/duck")
def duck():
    with duckdb.connect("shop.db") as con:  # ok: it closes; mutate: s/duckdb.connect/sqlite3.connect/
        return con.execute("SELECT id FROM orders").fetchall()


def kept(pool):
    with sqlite3.connect("search.db") as con:  # ok: somebody else keeps it; mutate: s/pool.append(con)/pool.append(1)/
        pool.append(con)
