import boto3


class Wrapper:
    def __init__(self, table):
        self.client = boto3.Session().client("dynamodb")  # finding: NET-PERF-002
        self.table = table


class Kept:
    def __init__(self, table):
        self.client = boto3.Session().client("dynamodb")  # ok: its only instance is made with the module; mutate: shop/api.py s/kept.table/Kept("x").table/
        self.table = table
