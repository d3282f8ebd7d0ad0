import boto3
from fastapi import FastAPI, UploadFile

app = FastAPI()
s3 = boto3.client("s3")


@app.post("/proofs/{key}")
def upload(key: str, photo: UploadFile):  # finding: STOR-PERF-003
    s3.upload_fileobj(photo.file, "proofs", key)


def broken(:
