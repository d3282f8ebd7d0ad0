import boto3
from boto3.dynamodb.conditions import Attr, Key

table = boto3.resource("dynamodb").Table("devices")
client = boto3.client("dynamodb")

POLICY = {"Action": ["dynamodb:Scan", "dynamodb:Query"]}  # ok: a permission, no call


def all_devices():
    return table.scan()["Items"]  # finding: DB-PERF-030


def of_owner_slowly(owner):
    return table.scan(FilterExpression=Attr("owner").eq(owner))["Items"]  # finding: DB-PERF-030


def of_client():
    return client.scan(TableName="devices")["Items"]  # finding: DB-PERF-030


def paged():
    for page in client.get_paginator("scan").paginate(TableName="devices"):  # finding: DB-PERF-030
        yield from page["Items"]


def of_owner(owner):
    return table.query(KeyConditionExpression=Key("owner").eq(owner))  # ok: a query by key; mutate: s/table.query(KeyConditionExpression=Key("owner").eq(owner))/table.scan()/


def pages_of(owner):
    pages = client.get_paginator("query").paginate(TableName="devices")  # ok: pages of a query; mutate: s/"query"/"scan"/
    return list(pages)


def a_few():
    return table.scan(Limit=5)["Items"]  # ok: a look at five items; mutate: s/Limit=5//


def recent():
    return table.scan(IndexName="recent")["Items"]  # finding: DB-PERF-030 confidence: low


class Scanner:
    def scan(self):
        return []


def lint():
    return Scanner().scan()  # ok: another scan; mutate: s/Scanner().scan()/table.scan()/


def images(engine, path):
    return engine.scan(path)  # ok: another scan; mutate: s/engine.scan(path)/engine.scan(TableName=path)/


def chosen(options):
    # An index may be among the options.
    return table.scan(**options)["Items"]  # finding: DB-PERF-030 confidence: medium


def named():
    return table.scan(**{"ConsistentRead": True})["Items"]  # finding: DB-PERF-030 confidence: high


HANDLERS = [chosen, named]
