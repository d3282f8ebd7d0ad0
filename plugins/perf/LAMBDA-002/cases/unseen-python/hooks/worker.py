import boto3
from celery import shared_task


@shared_task
def settings():
    return boto3.client("dynamodb").scan(TableName="settings")  # ok: a worker of another service
