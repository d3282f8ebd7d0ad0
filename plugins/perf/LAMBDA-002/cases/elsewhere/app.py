import boto3
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return boto3.client("s3").list_objects_v2(Bucket="orders")  # ok: a server, of which NET-PERF-002 speaks
