import boto3

s3 = boto3.client("s3")


def attachment(key):
    return s3.get_object(Bucket="shop", Key=key)["Body"].read()  # finding: STOR-PERF-002


def half(:
    return
