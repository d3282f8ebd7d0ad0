import pandas


def handle(event, context):
    return pandas.DataFrame(event).shape
