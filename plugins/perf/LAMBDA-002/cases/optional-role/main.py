import os

import boto3

sts = boto3.client("sts")


def index_client():
    options = {"service_name": "kendra", "region_name": os.environ["INDEX_REGION"]}
    role = os.environ.get("INDEX_ROLE")
    if role:
        credentials = sts.assume_role(RoleArn=role, RoleSessionName="index")["Credentials"]
        options["aws_access_key_id"] = credentials["AccessKeyId"]
        options["aws_secret_access_key"] = credentials["SecretAccessKey"]
        options["aws_session_token"] = credentials["SessionToken"]
    return boto3.client(**options)  # finding: LAMBDA-002 confidence: high


def account_client(account):
    credentials = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/read", RoleSessionName="read")["Credentials"]
    options = {"service_name": "s3"}
    options["aws_session_token"] = credentials["SessionToken"]
    return boto3.client(**options)  # finding: LAMBDA-002 confidence: low


def handler(event, context):
    account_client(event["account"]).list_buckets()
    return index_client().query(IndexId="orders", QueryText=event["text"])
