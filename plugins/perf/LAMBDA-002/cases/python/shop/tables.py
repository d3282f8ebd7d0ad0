import os

import boto3


class Orders:
    def __init__(self, name, region="eu-central-1"):
        # Each invocation makes an object, and nobody passes another region.
        # finding: LAMBDA-002 confidence: high
        self.client = boto3.client("dynamodb", region_name=region)
        self.name = name


class Kept:
    def __init__(self, name):
        self.client = boto3.client("dynamodb")  # ok: its only instance is the module's
        self.name = name


KEPT = Kept("orders")


def region_of(orders):
    if "AWS_EXECUTION_ENV" not in os.environ:
        # ok: does not run in the function; mutate: s/"AWS_EXECUTION_ENV" not in/"AWS_EXECUTION_ENV" in/
        return boto3.client("sts", endpoint_url="http://localhost:4566")
    return orders.client.meta.region_name
