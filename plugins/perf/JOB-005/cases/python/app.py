import json

import boto3
from confluent_kafka import Producer
from fastapi import FastAPI
from redis import Redis
from rq import Queue

app = FastAPI()
sqs = boto3.client("sqs")
sns = boto3.client("sns")
kinesis = boto3.client("kinesis")
events = boto3.client("events")
jobs = Queue(connection=Redis())
producer = Producer({})
URL = "https://sqs/orders"


def send(order):
    sqs.send_message(QueueUrl=URL, MessageBody=json.dumps(order))


@app.post("/orders")
def orders(orders: list[dict]):
    for order in orders:
        sqs.send_message(QueueUrl=URL, MessageBody=json.dumps(order))  # finding: JOB-005 confidence: medium
    for order in orders:
        send(order)  # finding: JOB-005
    for order in orders:
        sns.publish(TopicArn="orders", Message=json.dumps(order))  # finding: JOB-005
    for order in orders:
        kinesis.put_record(StreamName="orders", Data=json.dumps(order), PartitionKey=order["id"])  # finding: JOB-005
    for order in orders:
        events.put_events(Entries=[{"Source": "shop", "Detail": json.dumps(order)}])  # finding: JOB-005
    for order in orders:
        jobs.enqueue("tasks.ship", order)  # finding: JOB-005
    for order in orders:
        producer.produce("orders", json.dumps(order))
    producer.flush()


@app.post("/slices")
def slices(orders: list[dict]):
    for at in range(0, len(orders), 10):
        events.put_events(Entries=[{"Detail": json.dumps(order)} for order in orders[at : at + 10]])  # ok: as many as fit


@app.post("/entries")
def entries(orders: list[dict]):
    for order in orders:
        events.put_events(Entries=order["entries"])  # ok: several in each; mutate: s/Entries=order["entries"]/Entries=[order]/


@app.post("/queues")
def queues(orders: list[dict]):
    for order in orders:
        sqs.send_message(QueueUrl=order["queue"], MessageBody="paid")  # ok: a queue of its own; mutate: s/QueueUrl=order["queue"], MessageBody="paid"/QueueUrl=URL, MessageBody=order["id"]/


@app.post("/two")
def two(order: dict):
    for kind in ("paid", "shipped"):
        sqs.send_message(QueueUrl=URL, MessageBody=kind)  # ok: two messages; mutate: s/("paid", "shipped")/order["kinds"]/


@app.post("/more")
def more(orders: list[dict]):
    for order in orders:
        reserved = boto3.client("dynamodb").put_item(TableName="orders", Item=order)
        sqs.send_message(QueueUrl=URL, MessageBody=json.dumps([reserved, order]))  # finding: JOB-005 confidence: low


@app.post("/order")
def one(order: dict):
    send(order)  # ok: one message
