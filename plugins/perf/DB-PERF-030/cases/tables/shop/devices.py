import boto3
from boto3.dynamodb.conditions import Key

table = boto3.resource("dynamodb").Table("devices")


def all_devices():
    return table.scan()["Items"]  # finding: DB-PERF-030


def of_owner(owner):
    return table.query(KeyConditionExpression=Key("owner").eq(owner))  # ok: a query by key


class Scanner:
    def scan(self):
        return []


def lint():
    return Scanner().scan()  # ok: another scan
