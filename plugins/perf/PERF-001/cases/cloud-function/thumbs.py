import cv2  # finding: PERF-001
from google.cloud import storage  # ok: the platform's own SDK; mutate: s/google.cloud import storage/azure.storage import blob as storage/


def thumb(data):
    bucket = storage.Client().bucket("thumbs")
    bucket.blob("last").upload_from_string(cv2.imdecode(data, 1).tobytes())
    return "done"
