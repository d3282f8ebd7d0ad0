import boto3

queue = boto3.client("sqs")


def handle(message, url):
    try:
        ship(message)
    except ConnectionError:
        queue.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)  # finding: JOB-003 confidence: medium
    except TimeoutError:
        queue.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=60)  # ok: waits; mutate: s/Timeout=60/Timeout=0/
