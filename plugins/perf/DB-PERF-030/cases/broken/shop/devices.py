import boto3

table = boto3.resource("dynamodb").Table("devices")


def all_devices():
    return table.scan()["Items"]  # finding: DB-PERF-030
