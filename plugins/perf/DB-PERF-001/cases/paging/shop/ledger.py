import boto3

table = boto3.resource("dynamodb").Table("entries")


def pages(condition):
    entries, options = [], {}
    while True:
        answer = table.query(KeyConditionExpression=condition, **options)  # ok: pages of one query
        entries += answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return entries
        options = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


def each(names):
    found = []
    for name in names:
        found.append(table.get_item(Key={"id": name}))  # finding: DB-PERF-001
    return found
