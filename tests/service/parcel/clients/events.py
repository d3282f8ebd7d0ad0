"""Events for the rest of the company, through SQS."""

from __future__ import annotations

import json
from typing import Any

import boto3

from parcel.settings import get_settings


def publish(kind: str, body: dict[str, Any]) -> None:
    """Publishes an event; without a queue (on laptops) it goes nowhere."""
    url = get_settings().event_queue
    if not url:
        return
    sqs = boto3.client("sqs")
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"kind": kind, **body}, default=str))
