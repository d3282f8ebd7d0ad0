import pandas as pd  # finding: PERF-001


def table_of(rows):
    return pd.DataFrame(rows).to_csv()


def on_call(event, context):
    if event["kind"] == "csv":
        return table_of(event["rows"])
    return event["rows"]
