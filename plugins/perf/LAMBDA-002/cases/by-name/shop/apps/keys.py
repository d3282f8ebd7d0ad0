import boto3


def put(key):
    # Django loads the models by name, and calls `save` by name.
    boto3.client("dynamodb").put_item(TableName="keys", Item={"id": {"S": key.id}})  # finding: LAMBDA-002 confidence: medium
