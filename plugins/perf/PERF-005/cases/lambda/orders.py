import boto3

# One secret before the first event: what the platform advises.
TOKEN = boto3.client("secretsmanager").get_secret_value(SecretId="shop")  # finding: PERF-005 confidence: low


def handler(event, context):
    return TOKEN["SecretString"] == event["token"]
