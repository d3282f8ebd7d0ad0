import cv2  # ok: the guard of the handler needs it for each event; mutate: s/    if event.get("path") and not is_wide(event["path"]):/    if event.get("path") and event["kind"]:\n        return is_wide(event["path"])\n    if not event:/


def shape_of(path: str):
    return cv2.imread(path).shape


def is_wide(path: str):
    try:
        return shape_of(path)[1] > 1000
    except ValueError:
        return False


def on_call(event, context):
    if event.get("path") and not is_wide(event["path"]):
        return {"statusCode": 403}
    return {"statusCode": 200}
