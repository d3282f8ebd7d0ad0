import psycopg2
from flask import Flask

app = Flask(__name__)
connection = psycopg2.connect("dbname=shop")


@app.post("/expire")
def expire():
    cursor = connection.cursor()
    cursor.execute("SELECT id, due FROM orders")
    late = 0
    for row in cursor.fetchall():  # finding: MEM-001
        late += row[1] < 3
    return {"late": late}


@app.post("/some")
def some():
    cursor = connection.cursor()
    cursor.execute("SELECT id, due FROM orders WHERE due < 3")
    late = 0
    for row in cursor.fetchall():  # ok: the statement filters; mutate: s/ WHERE due < 3//
        late += row[1]
    return {"late": late}


@app.post("/sum")
def summed():
    cursor = connection.cursor()
    cursor.execute("SELECT sum(total) FROM orders")
    for row in cursor.fetchall():  # ok: one number; mutate: s/sum(total)/total/
        return {"sum": row[0]}
