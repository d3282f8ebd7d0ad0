import json

import boto3
from boto3.dynamodb.conditions import Key

table = boto3.resource("dynamodb").Table("orders")


def handler(event, context):
    shop = event["queryStringParameters"]["shop"]
    answer = table.query(KeyConditionExpression=Key("shop").eq(shop))  # finding: DB-PERF-003 confidence: medium
    return {"statusCode": 200, "body": json.dumps([order["number"] for order in answer["Items"]])}
