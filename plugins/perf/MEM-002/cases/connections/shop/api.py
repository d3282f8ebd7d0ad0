import sqlite3
from contextlib import closing

import aiohttp
import psycopg2
from fastapi import FastAPI

app = FastAPI()


@app.get("/search")
def search(text: str):
    con = sqlite3.connect("search.db")  # finding: MEM-002 confidence: medium
    return con.execute("SELECT title FROM page WHERE text = ?", (text,)).fetchall()


@app.get("/orders")
def orders():
    con = psycopg2.connect("")  # finding: MEM-002 confidence: medium
    cursor = con.cursor()
    cursor.execute("SELECT id FROM orders")
    return cursor.fetchall()


@app.get("/rates")
async def rates():
    session = aiohttp.ClientSession()  # finding: MEM-002 confidence: high
    answer = await session.get("https://rates.example")
    return await answer.json()


@app.get("/closing")
def in_closing():
    with closing(sqlite3.connect("search.db")) as con:  # ok: `closing` closes it; mutate: s/with closing(sqlite3.connect("search.db")) as con:/con = sqlite3.connect("search.db")\n    if True:/
        return con.execute("SELECT 1").fetchall()


@app.get("/counted")
def counted():
    con = psycopg2.connect("")  # ok: closed; mutate: s/con.close()/con.commit()/
    cursor = con.cursor()
    cursor.execute("SELECT COUNT(id) FROM orders")
    answer = cursor.fetchone()
    con.close()
    return answer
