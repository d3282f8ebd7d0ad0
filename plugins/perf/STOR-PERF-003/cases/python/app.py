import boto3
from fastapi import FastAPI, UploadFile
from flask import Flask, request
from google.cloud import storage

from store import Store

app = FastAPI()
flask = Flask(__name__)
s3 = boto3.client("s3")


@app.post("/proofs/{key}")
def upload(key: str, photo: UploadFile):  # finding: STOR-PERF-003 confidence: high
    s3.upload_fileobj(photo.file, "proofs", key)


@app.post("/documents/{key}")
async def keep(key: str, document: UploadFile):  # finding: STOR-PERF-003 confidence: medium
    return Store().put(document, key)


@flask.route("/scans", methods=["POST"])
def scan():
    sent = request.files["scan"]  # finding: STOR-PERF-003
    storage.Client().bucket("scans").blob(sent.filename).upload_from_file(sent)
    return "ok"


@app.post("/parts/{number}")
def part(number: int, data: bytes):
    # finding: STOR-PERF-003
    return s3.upload_part(Bucket="proofs", Key="big", PartNumber=number, UploadId="1", Body=data)


@app.post("/films/{key}")
# perfctl: allow STOR-PERF-003 -- the store cannot be reached from outside
def film(key: str, film: UploadFile):
    s3.upload_fileobj(film.file, "films", key)
