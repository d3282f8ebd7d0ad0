import io


def handle(event, context):
    with io.BytesIO() as file:
        file.write(event["body"])
        return len(file.getvalue())
