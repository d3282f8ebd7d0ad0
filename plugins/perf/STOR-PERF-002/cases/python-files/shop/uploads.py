from flask import Flask, request
from google.cloud import storage

app = Flask(__name__)
bucket = storage.Client().bucket("shop")


@app.post("/reports")
def report():
    file = request.files["report"]
    content = file.read()  # finding: STOR-PERF-002 confidence: medium
    bucket.blob("report").upload_from_string(content)
    return {}


@app.post("/scans")
def scan():
    # finding: STOR-PERF-002 confidence: medium
    bucket.blob("scan").upload_from_string(request.files.get("scan").read())
    return {}


@app.post("/tables")
def table():
    content = request.files["table"].read()  # ok: what parses it may need all of it; mutate: s/rows_of(content)/bucket.blob("t").upload_from_string(content)/
    return rows_of(content)


@app.post("/streams")
def stream():
    bucket.blob("stream").upload_from_file(request.files["stream"])
    return {}
