import cv2  # ok: each event needs it; mutate: s/def on_upload(event, context):\n/def on_upload(event, context):\n    return event.get("path") and shape_of(event)\n\n\ndef shape_of(event):\n/


def on_upload(event, context):
    return cv2.imread(event["path"]).shape
