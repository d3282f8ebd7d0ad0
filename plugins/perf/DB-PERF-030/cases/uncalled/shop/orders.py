import boto3

table = boto3.resource("dynamodb").Table("orders")


def nobody_calls_it():
    return table.scan()["Items"]  # finding: DB-PERF-030 confidence: medium


class Orders:
    def every(self):
        return table.scan()["Items"]  # finding: DB-PERF-030 confidence: high


def caller(kept):
    return kept.every()
