import contextlib
import gzip
import json

from fastapi import FastAPI

from shop.files import keep, opened, sheet

app = FastAPI()


@app.get("/prices")
def prices():
    file = open("prices.csv")  # finding: MEM-002
    return file.read()


@app.get("/layout")
def layout():
    return json.load(open("layout.json"))  # finding: MEM-002 confidence: medium


@app.get("/size")
def size():
    return len(open("layout.json").read())  # finding: MEM-002 confidence: medium


@app.get("/managed")
def managed():
    with open("prices.csv") as file:  # ok: closed at the end of the block; mutate: s/    with open("prices.csv") as file:/    file = open("prices.csv")\n    if True:/
        return file.read()


@app.get("/closed")
def closed():
    file = open("prices.csv")  # ok: closed in `finally`; mutate: s/file.close()  # in the end/print("read")/
    try:
        return file.read()
    finally:
        file.close()  # in the end


@app.get("/later")
def later():
    file = gzip.open("prices.csv.gz")  # ok: the block takes it over; mutate: s/    with file:/    if file:/
    with file:
        return file.read()


@app.get("/stack")
def stacked():
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(open("prices.csv"))  # ok: the stack closes it; mutate: s/stack.enter_context(open("prices.csv"))/open("prices.csv")/
        return file.read()


@app.get("/kept")
def kept():
    keep(open("prices.csv"))  # ok: given to a function that may keep it; mutate: s/keep(open("prices.csv"))/len(open("prices.csv").read())/
    file = open("sheet.csv")  # ok: given to a function that may keep it; mutate: s/keep(file)/print(file.name)/
    keep(file)
    return sheet(), opened()


@app.get("/kept-here")
def kept_here():
    files = []
    file = open("sheet.csv")  # ok: the list keeps it; mutate: s/files.append(file)/print(file.name)/
    files.append(file)
    return files
