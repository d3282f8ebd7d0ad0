import boto3
from aws_lambda_powertools import Logger


def handler(event, context):
    return boto3.client("s3").list_buckets()  # finding: LAMBDA-002


def other(:
    pass
