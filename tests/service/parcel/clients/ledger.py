"""What we owe the carriers, in DynamoDB: partition `carrier`, sort key `entry`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import boto3
from boto3.dynamodb.conditions import Attr, Key

from parcel.settings import get_settings


@lru_cache(maxsize=None)
def table() -> Any:
    return boto3.resource("dynamodb").Table(get_settings().ledger_table)


def entries_of(carrier: str, month: str) -> list[dict[str, Any]]:
    """Entries of one carrier and month."""
    entries: list[dict[str, Any]] = []
    token: dict[str, Any] = {}
    while True:
        answer = table().query(
            KeyConditionExpression=Key("carrier").eq(carrier) & Key("entry").begins_with(month), **token
        )
        entries += answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return entries
        token = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


def unsettled() -> list[dict[str, Any]]:
    """Entries of all carriers that are not settled."""
    entries: list[dict[str, Any]] = []
    options: dict[str, Any] = {"FilterExpression": Attr("settled").eq(False)}
    while True:
        answer = table().scan(**options)
        entries += answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return entries
        options["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def record(entries: list[dict[str, Any]]) -> None:
    """Writes entries in batches of 25."""
    with table().batch_writer() as batch:
        for entry in entries:
            batch.put_item(Item=entry)


def mark_settled(entries: list[dict[str, Any]], day: str) -> None:
    """Writes entries back as settled."""
    for entry in entries:
        table().put_item(Item={**entry, "settled": True, "settled_on": day})
