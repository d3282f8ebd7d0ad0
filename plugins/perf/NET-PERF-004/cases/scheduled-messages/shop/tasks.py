"""Runs the command that a message names."""
import json

from django.core.management import call_command


def handler(event, context):
    for record in event["Records"]:
        told = json.loads(record["body"])
        call_command(told["command"], *told.get("args", []))
