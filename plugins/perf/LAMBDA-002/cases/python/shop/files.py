import functools

import boto3
import requests

REGION = "eu-central-1"


def read(key):
    # perfctl reports where the client is made, whoever asks for it.
    # finding: LAMBDA-002 confidence: high
    s3 = boto3.client("s3", region_name=REGION)
    return s3.get_object(Bucket="orders", Key=key)["Body"].read()


@functools.cache
def storage():
    return boto3.client("s3")  # ok: kept by the decorator; mutate: s/@functools.cache\n//


def move(key):
    with requests.Session() as session:  # ok: plain HTTP is NET-PERF-002's
        session.post("https://mover/", json={"key": key}, timeout=2)
    storage().copy_object(Bucket="orders", Key=key, CopySource="orders/new")


def tenant_table(role):
    # finding: LAMBDA-002 confidence: high
    sts = boto3.client("sts")
    credentials = sts.assume_role(RoleArn=role, RoleSessionName="tenant")["Credentials"]
    session = boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )
    return session.resource("dynamodb")  # finding: LAMBDA-002 confidence: low
