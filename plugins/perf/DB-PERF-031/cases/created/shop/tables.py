import boto3


def create():
    boto3.resource("dynamodb").create_table(
        TableName="orders",
        KeySchema=[
            {"AttributeName": "status", "KeyType": "HASH"},  # finding: DB-PERF-031
            {"AttributeName": "number", "KeyType": "RANGE"},
        ],
    )
