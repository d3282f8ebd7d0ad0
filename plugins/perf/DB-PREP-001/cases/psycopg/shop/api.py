import psycopg2
from flask import Flask, request
from psycopg2 import sql

app = Flask(__name__)
connection = psycopg2.connect("dbname=shop")
STATE = "open"
TABLE = "orders"


@app.get("/orders/<int:customer>")
def orders(customer):
    cursor = connection.cursor()
    cursor.execute(f"SELECT id FROM orders WHERE customer_id = {customer}")  # finding: DB-PREP-001 confidence: high
    cursor.execute("SELECT id FROM orders WHERE reference = '%s'" % request.args["reference"])  # finding: DB-PREP-001 confidence: high
    cursor.execute("SELECT id FROM orders WHERE reference = '" + request.args["reference"] + "'")  # finding: DB-PREP-001 confidence: high
    cursor.execute("SELECT id FROM orders WHERE customer_id = {}".format(customer))  # finding: DB-PREP-001 confidence: high
    # finding: DB-PREP-001 confidence: high
    statement = f"SELECT id FROM orders WHERE total > {customer} ORDER BY id"
    cursor.execute(statement)
    cursor.execute("SELECT id FROM orders WHERE customer_id = %s", (customer,))  # ok: the value goes beside the text; mutate: s/", (customer,)/" % customer/
    cursor.execute(f"SELECT id FROM {TABLE} WHERE customer_id = %s", (customer,))  # ok: the name of a table
    cursor.execute(f"SELECT id FROM orders WHERE state = '{STATE}'")  # ok: a constant; mutate: s/'{STATE}'/'{customer}'/
    marks = ", ".join(["%s"] * 3)
    cursor.execute(f"SELECT id FROM orders WHERE id IN ({marks})", (1, 2, 3))  # ok: placeholders; mutate: s/({marks})/({customer})/
    cursor.execute(f"SELECT id FROM orders WHERE total > 3 LIMIT {customer}")  # finding: DB-PREP-001 confidence: low
    cursor.execute(sql.SQL("SELECT id FROM {} WHERE customer_id = %s").format(sql.Identifier("orders")), (customer,))  # ok: composed by the library
    return {"orders": cursor.fetchall()}


def unused(customer):
    connection.cursor().execute(f"SELECT id FROM orders WHERE customer_id = {customer}")  # finding: DB-PREP-001 confidence: low


def title(customer):
    return f"SELECT id FROM orders WHERE customer_id = {customer}"  # ok: nobody runs it here; mutate: s/return f"SELECT id FROM orders WHERE customer_id = {customer}"/for _ in "ab": connection.cursor().execute(f"SELECT id FROM orders WHERE customer_id = {customer}")/
