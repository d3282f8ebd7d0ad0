import boto3

ssm = boto3.client("ssm")
USER = ssm.get_parameter(Name="/mail/user")["Parameter"]["Value"]  # finding: PERF-005 confidence: high
PASSWORD = ssm.get_parameter(Name="/mail/password", WithDecryption=True)["Parameter"]["Value"]  # finding: PERF-005 confidence: high


def handler(event, context):
    return USER + PASSWORD
