import tempfile
from io import BytesIO, StringIO

import boto3
import psycopg2
from flask import Flask

app = Flask(__name__)
files = boto3.client("s3")


def export(connection, statement):
    buffer = BytesIO()
    connection.cursor().copy_expert(statement, buffer)  # finding: MEM-001 confidence: medium
    buffer.seek(0)
    files.upload_fileobj(buffer, "exports", "orders.csv")


def spooled(connection, statement):
    with tempfile.NamedTemporaryFile() as file:
        connection.cursor().copy_expert(statement, file)  # ok: goes to a file
        file.seek(0)
        files.upload_fileobj(file, "exports", "orders.csv")


def load(connection, rows):
    buffer = StringIO()
    buffer.write("\n".join(rows))
    buffer.seek(0)
    connection.cursor().copy_expert("COPY orders FROM STDIN", buffer)  # ok: the other way; mutate: s/FROM STDIN/TO STDOUT/
    return buffer.read(1)


def load_any(connection, rows, statement):
    buffer = StringIO("\n".join(rows))
    connection.cursor().copy_expert(statement, buffer)  # ok: nobody takes anything out of it; mutate: s/buffer.close()/return buffer.getvalue()/
    buffer.close()


@app.get("/orders")
def orders():
    with psycopg2.connect("dbname=shop") as connection:
        export(connection, "COPY orders TO STDOUT")
        spooled(connection, "COPY orders TO STDOUT")
        load(connection, [])
        load_any(connection, [], "COPY orders FROM STDIN")
    return "done"
