import boto3

table = boto3.resource("dynamodb").Table("orders")


def handler(event, context):
    number = event["number"]
    table.put_item(Item={"pk": "ORDER", "sk": number})  # finding: DB-PERF-031 confidence: medium
    table.put_item(Item={"pk": f"ORDER#{number}", "sk": number})  # ok: one for each order; mutate: s/f"ORDER#{number}"/"ORDER"/
    table.put_item(Item={"pk": "COUNTER", "sk": "orders"})  # ok: one item; mutate: s/"sk": "orders"/"sk": number/
    table.put_item(Item={"pk": "CONFIG", "sk": number})  # ok: settings are few; mutate: s/CONFIG/ORDER/
