import json

import pandas  # finding: PERF-001


def totals(rows):
    return pandas.DataFrame(rows).sum().to_dict()


def lambda_handler(event, context):
    if event.get("kind") == "totals":
        return totals(event["rows"])
    return json.dumps(event)
