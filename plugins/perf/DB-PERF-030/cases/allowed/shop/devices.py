import boto3

table = boto3.resource("dynamodb").Table("settings")


def settings():
    # perfctl: allow DB-PERF-030 -- eleven settings
    return table.scan()["Items"]
