"""Leaks whose end nobody can write in place."""

import json
import sqlite3

from fastapi import FastAPI

app = FastAPI()


@app.get("/texts")
def texts():
    shelf = open("/data/texts")  # finding: MEM-002
    note = """
of the shop
"""
    return shelf.read() + note


@app.get("/orders")
def orders():
    shelf = sqlite3.connect(  # finding: MEM-002
        "/data/orders",
    )
    return shelf.execute("select id from orders").fetchall()


@app.get("/one-line")
def one_line():
    shelf = open("/data/line"); return shelf.read()  # finding: MEM-002


@app.get("/named")
def named(file: str):
    return json.load(open(f"/data/{file}"))  # finding: MEM-002


@app.post("/touched")
def touched():
    open("/data/touched", "w")  # finding: MEM-002
    return "done"
