import boto3
from fastapi import FastAPI

app = FastAPI()

bucket = boto3.client("s3")


@app.get("/orders/{number}")
def order(number: str):
    # finding: NET-PERF-002
    client = boto3.client("s3")
    return client.get_object(Bucket="orders", Key=number)
