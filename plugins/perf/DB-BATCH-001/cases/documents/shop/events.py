import boto3
from pymongo import MongoClient

events = MongoClient("mongodb://db").shop.events
table = boto3.resource("dynamodb").Table("entries")


def keep(items):
    for item in items:
        events.insert_one({"item": item})  # finding: DB-BATCH-001


def record(entries):
    for entry in entries:
        table.put_item(Item=entry)  # finding: DB-BATCH-001


def record_together(entries):
    with table.batch_writer() as batch:
        for entry in entries:
            batch.put_item(Item=entry)  # ok: the writer sends 25 at a time; mutate: s/batch.put_item/table.put_item/


def claim_names(entries):
    for entry in entries:
        table.put_item(Item=entry, ConditionExpression="attribute_not_exists(id)")  # ok: a conditional write has no batch form; mutate: s/, ConditionExpression="attribute_not_exists(id)"//


def claim(entries, options):
    for entry in entries:
        # What the options hold is not seen: a condition, or nothing of the kind.
        table.put_item(Item=entry, **options)  # finding: DB-BATCH-001 confidence: medium


def keep_all(entries):
    for entry in entries:
        table.put_item(**{"Item": entry})  # finding: DB-BATCH-001 confidence: high


HANDLERS = [claim, keep_all]
