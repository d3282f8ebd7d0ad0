import boto3

STORE = boto3.client("s3")


def letters(bucket):
    return STORE.list_objects_v2(Bucket=bucket)


def scan(scanner, document):
    return scanner.scan(document)
