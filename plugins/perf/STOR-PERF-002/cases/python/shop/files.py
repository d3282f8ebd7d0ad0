import json
from io import BytesIO

import boto3
import requests
from fastapi import FastAPI, UploadFile
from google.cloud import storage
from minio import Minio

app = FastAPI()
s3 = boto3.client("s3")
bucket = storage.Client().bucket("shop")
minio = Minio("minio:9000")


@app.get("/files/{key}")
def attachment(key: str):
    return s3.get_object(Bucket="shop", Key=key)["Body"].read()  # finding: STOR-PERF-002


@app.get("/parts/{key}")
def part(key: str):
    return s3.get_object(Bucket="shop", Key=key)["Body"].read(1024)  # ok: so many bytes; mutate: s/read(1024)/read()/


@app.get("/settings/{key}")
def settings(key: str):
    return json.loads(s3.get_object(Bucket="shop", Key=key)["Body"].read())  # ok: a document; mutate: s/json.loads(s3/bytes(s3/


@app.get("/owner/{key}")
def owner(key: str):
    body = s3.get_object(Bucket="shop", Key=key)["Body"].read()  # ok: a text; mutate: s/body.decode()/body/
    return body.decode()


def stored(key):
    response = s3.get_object(Bucket="shop", Key=key)
    return response["Body"].read()  # ok: its caller makes a text of it; mutate: s/stored(key).decode()/stored(key)/


@app.get("/notes/{key}")
def notes(key: str):
    return stored(key).decode()


@app.get("/blobs/{key}")
def blob(key: str):
    content = bucket.blob(key).download_as_bytes()  # finding: STOR-PERF-002
    return {"size": len(content)}


@app.get("/objects/{key}")
def stored_object(key: str):
    response = minio.get_object("shop", key)
    try:
        return BytesIO(response.read())  # finding: STOR-PERF-002
    finally:
        response.close()


@app.post("/mirror")
def mirror(url: str):
    response = requests.get(url, timeout=5)  # finding: STOR-PERF-002
    s3.put_object(Bucket="shop", Key="mirror", Body=response.content)


@app.post("/page")
def page(url: str):
    response = requests.get(f"https://pages.example/{url}", timeout=5)  # ok: read as a text; mutate: s/return response.text/s3.put_object(Bucket="shop", Key="p", Body=response.content)/
    return response.text


@app.post("/upload")
async def upload(file: UploadFile):
    content = await file.read()  # finding: STOR-PERF-002
    with open("/data/last", "wb") as out:
        out.write(content)


@app.post("/uploads/direct")
async def direct(file: UploadFile, name: str):
    with open(f"/data/{name}", "wb") as out:
        out.write(await file.read())  # finding: STOR-PERF-002


@app.post("/uploads/last")
async def last(file: UploadFile):
    # finding: STOR-PERF-002
    content = await file.read()

    with open("/data/last", "wb") as out:
        out.write(content)  # whole


@app.post("/uploads/store")
async def store(file: UploadFile):
    s3.put_object(Bucket="shop", Key="upload", Body=await file.read(), ACL="private")  # finding: STOR-PERF-002


@app.post("/uploads/both")
async def both(file: UploadFile):
    content = await file.read()  # finding: STOR-PERF-002
    with open("/data/last", "wb") as out:
        out.write(content)
    return {"size": len(content)}


def fetched(key: str):
    body = s3.get_object(Bucket="shop", Key=key)["Body"]
    with open("/data/object", "wb") as out:
        out.write(body.read())  # finding: STOR-PERF-002


def saved(key: str):
    # finding: STOR-PERF-002
    content = bucket.blob(key).download_as_bytes()
    with open("/data/blob", "wb") as out:
        out.write(content)


@app.post("/parse")
async def parse(file: UploadFile):
    content = await file.read()  # ok: what parses it may need all of it; mutate: s/rows_of(content)/s3.upload_rows(content)/
    return rows_of(content)


@app.post("/logo")
async def logo(file: UploadFile):
    content = await file.read()  # ok: short by its name
    s3.put_object(Bucket="shop", Key="logo", Body=content)
