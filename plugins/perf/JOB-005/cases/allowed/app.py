import boto3

sqs = boto3.client("sqs")


def send(orders):
    for order in orders:
        # perfctl: allow JOB-005 -- one message fills a request
        sqs.send_message(QueueUrl="orders", MessageBody=order)
