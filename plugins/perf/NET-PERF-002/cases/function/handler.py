import boto3
import requests
from aws_lambda_powertools import Logger

logger = Logger()


def handler(event, context):
    boto3.client("s3").list_buckets()  # ok: an SDK's client in a function, of which LAMBDA-002 speaks; mutate: s|from aws_lambda_powertools import Logger|from flask import Flask as Logger| s|(event, context)|()| s|def handler|@logger.get("/")\ndef handler|
    return requests.Session().get("https://prices/", timeout=2).json()  # finding: NET-PERF-002
