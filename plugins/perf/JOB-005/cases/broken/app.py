import boto3

sqs = boto3.client("sqs")


def send(orders):
    for order in orders:
        sqs.send_message(QueueUrl="orders", MessageBody=order)  # finding: JOB-005


def broken(:
    pass
