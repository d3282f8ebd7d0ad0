import csv
import io
import json

import boto3

s3 = boto3.client("s3")


def decoded(body):
    return body.decode("utf-8"), "utf-8"


def orders(key):
    answer = s3.get_object(Bucket="orders", Key=key)
    # finding: STOR-PERF-002 confidence: medium
    body = answer["Body"].read()
    text, encoding = decoded(body)
    return [row[0] for row in csv.reader(text.splitlines(True))]


def customers(key):
    # finding: STOR-PERF-002 confidence: medium
    text = s3.get_object(Bucket="orders", Key=key)["Body"].read().decode("utf-8")
    return sum(1 for row in csv.DictReader(io.StringIO(text)))


def offers(key, lines):
    # ok: a document has to be whole; mutate: s|return json.loads(text), csv.reader(lines.splitlines())|return csv.reader(text.splitlines())|
    text = s3.get_object(Bucket="orders", Key=key)["Body"].read().decode("utf-8")
    return json.loads(text), csv.reader(lines.splitlines())
