import boto3

s3 = boto3.client("s3")


def signature(key):
    # perfctl: allow STOR-PERF-002 -- signatures have 256 bytes
    return s3.get_object(Bucket="shop", Key=key)["Body"].read()
