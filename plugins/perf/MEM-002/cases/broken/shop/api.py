import sqlite3

from fastapi import FastAPI

app = FastAPI()


@app.get("/search")
def search():
    con = sqlite3.connect("search.db")  # finding: MEM-002
    return con.execute("SELECT 1").fetchall()
