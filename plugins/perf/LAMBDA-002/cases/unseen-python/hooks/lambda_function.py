import boto3


def settings():
    return boto3.client("dynamodb").scan(TableName="settings")  # finding: LAMBDA-002 confidence: high


def lambda_handler(event, context):
    return settings()
