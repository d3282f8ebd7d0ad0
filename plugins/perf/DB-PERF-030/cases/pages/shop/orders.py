import boto3

table = boto3.resource("dynamodb").Table("orders")
other = boto3.resource("dynamodb").Table("lines")


def orders():
    response = table.scan()  # finding: DB-PERF-030
    items = response["Items"]
    while "LastEvaluatedKey" in response:
        # ok: goes on with the scan above; mutate: s/table.scan(ExclusiveStartKey/other.scan(ExclusiveStartKey/
        response = table.scan(ExclusiveStartKey=response["LastEvaluatedKey"])
        items.extend(response["Items"])
    return items


def lines(key):
    return other.scan(ExclusiveStartKey=key)["Items"]  # finding: DB-PERF-030
