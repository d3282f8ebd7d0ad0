from shop import orders

COMMANDS = {"find": "find"}


def handler(event, context):
    return getattr(orders, COMMANDS[event["command"]])(event["number"])
