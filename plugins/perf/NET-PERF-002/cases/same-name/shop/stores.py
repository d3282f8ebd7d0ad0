import boto3
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: str):
    # finding: NET-PERF-002
    client = boto3.client("s3")
    return client.get_object(Bucket="orders", Key=number)


@app.get("/prices")
def prices():
    # finding: NET-PERF-002
    client = boto3.client("sqs")
    return client.receive_message(QueueUrl="prices")


@app.get("/stock/{name}")
def stock(name: str):
    # finding: NET-PERF-002
    client = boto3.client("s3")
    return client.get_object(Bucket="stock", Key=name)
