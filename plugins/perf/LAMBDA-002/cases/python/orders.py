import os

import boto3

from shop.files import move, read, tenant_table
from shop.search import find
from shop.tables import Orders, region_of

TABLE = boto3.resource("dynamodb").Table("orders")  # ok: made with the module
queue = None


def get_queue():
    global queue
    if queue is None:
        queue = boto3.client("sqs")  # ok: kept in the module; mutate: s/global queue/queue = None/
    return queue


def handler(event, context):
    table = boto3.resource("dynamodb").Table("orders")  # finding: LAMBDA-002 confidence: high
    get_queue().send_message(QueueUrl=os.environ["QUEUE"], MessageBody=event["id"])
    move(event["id"])
    tenant_table(event["tenant"])
    find(event["id"])
    region_of(Orders("orders"))
    return read(event["id"]), table.get_item(Key={"id": event["id"]})


def region_of(event, context):
    return boto3.session.Session().region_name  # finding: LAMBDA-002


def own_role(event, context):
    return boto3.Session(aws_access_key_id=event["key"]).region_name  # ok: credentials of the caller; mutate: s/aws_access_key_id=event["key"]//


SESSION = boto3.Session()  # ok: once per process
