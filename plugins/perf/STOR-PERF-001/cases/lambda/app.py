import os
import tempfile

import boto3

from pages import draw

s3 = boto3.client("s3")


def handle(event, context):
    with tempfile.TemporaryFile() as file:  # finding: STOR-PERF-001 confidence: high
        s3.download_fileobj("orders", event["key"], file)
        file.seek(0)
        count = len(file.read())
    return {"count": count, "page": draw(event["key"])}
