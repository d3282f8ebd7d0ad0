import tempfile


def lambda_handler(event, context):
    return tempfile.mkdtemp()  # finding: STOR-PERF-001


def broken(:
