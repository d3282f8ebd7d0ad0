import cv2


def smaller(picture, size=1024):
    return cv2.resize(picture, (size, size))


def for_model(picture):
    ok, data = cv2.imencode(".webp", smaller(picture))  # ok: everybody sends it to a model or a recogniser; mutate: app.py s/agent.run_sync(["what is it?", data])/keep(data)/
    return data.tobytes()


def for_upload(picture):
    ok, data = cv2.imencode(".webp", smaller(picture))  # finding: MEDIA-001 confidence: medium
    return data.tobytes()
