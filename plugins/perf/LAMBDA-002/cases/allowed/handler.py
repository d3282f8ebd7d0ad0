import boto3
from aws_lambda_powertools import Logger

logger = Logger()


def handler(event, context):
    # perfctl: allow LAMBDA-002 -- runs once a week
    return boto3.client("s3").list_buckets()
