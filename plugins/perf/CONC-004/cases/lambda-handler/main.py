current = None


def handler(event, context):
    global current
    # ok: an instance of a function has one request at a time
    current = event["order"]
    return {"order": current}
