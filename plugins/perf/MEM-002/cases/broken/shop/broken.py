import sqlite3


def search():
    con = sqlite3.connect("search.db")  # finding: MEM-002
    return con.execute("SELECT 1").fetchall()


def unfinished(:
    pass
