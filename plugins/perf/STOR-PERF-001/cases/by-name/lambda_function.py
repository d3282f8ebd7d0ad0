import tempfile

import boto3

s3 = boto3.client("s3")


def lambda_handler(event, context):
    with tempfile.NamedTemporaryFile() as file:  # finding: STOR-PERF-001 -- its path is asked for, so that no buffer will do
        s3.download_file("films", event["key"], file.name)
    return run(event)


def run(event):
    # perfctl: allow STOR-PERF-001 -- the program reads files alone
    with tempfile.TemporaryDirectory() as directory:
        return directory
