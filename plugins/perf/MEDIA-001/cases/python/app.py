import io
import threading

import cv2
import litellm
import pyvips
from fastapi import BackgroundTasks, FastAPI, Response, UploadFile
from PIL import Image, ImageOps

from jobs import make_sizes

app = FastAPI()


def shrink(data):
    image = Image.open(io.BytesIO(data))  # finding: MEDIA-001 confidence: medium
    image = ImageOps.exif_transpose(image)
    image.thumbnail((1024, 1024))
    target = io.BytesIO()
    image.save(target, "JPEG")
    return target.getvalue()


def later(data):
    with Image.open(io.BytesIO(data)) as image:  # ok: goes on behind the answer; mutate: s/tasks.add_task(later, file.file.read())/later(file.file.read())/
        image.resize((64, 64)).save("small.jpg")


def beside(data):
    Image.open(io.BytesIO(data)).resize((64, 64)).save("small.jpg")  # ok: a thread of its own


@app.post("/photos")
def upload(file: UploadFile):
    return {"size": len(shrink(file.file.read()))}


@app.post("/photos/direct")
def direct(file: UploadFile):
    with Image.open(file.file) as image:  # finding: MEDIA-001
        image.convert("RGB").save("photo.jpg", quality=85)
    return {}


@app.post("/photos/cv")
def with_cv(file: UploadFile):
    picture = cv2.imread(file.filename)
    ok, data = cv2.imencode(".jpg", picture)  # finding: MEDIA-001
    return {"size": len(data)}


@app.post("/photos/vips")
def with_vips(file: UploadFile):
    pyvips.Image.thumbnail_buffer(file.file.read(), 1024)  # finding: MEDIA-001
    return {}


@app.post("/photos/later")
def upload_later(file: UploadFile, tasks: BackgroundTasks):
    tasks.add_task(later, file.file.read())
    threading.Thread(target=beside, args=(file.file.read(),)).start()
    return {}


@app.post("/photos/size")
def size(file: UploadFile):
    return Image.open(file.file).size  # ok: reads the head only; mutate: s/.size/.resize((9, 9)).save("small.jpg")/


@app.get("/photos/{name}")
def photo(name: str):
    target = io.BytesIO()
    Image.open(name).resize((64, 64)).save(target, "PNG")  # finding: MEDIA-001 confidence: low
    return Response(target.getvalue(), media_type="image/png")


@app.get("/photos/{name}/kept")
def kept_photo(name: str):
    target = io.BytesIO()
    Image.open(name).resize((64, 64)).save(target, "PNG")  # ok: a cache in front keeps it; mutate: s/, headers={"Cache-Control": "max-age=86400"}//
    return Response(target.getvalue(), media_type="image/png", headers={"Cache-Control": "max-age=86400"})


@app.post("/photos/described")
def described(file: UploadFile):
    target = io.BytesIO()
    with Image.open(file.file) as image:  # finding: MEDIA-001 confidence: medium
        image.resize((512, 512)).save(target, "PNG")
    return ask_model({"type": "input_image", "format": "image/png", "data": target.getvalue()})


@app.post("/photos/read")
def read_photo(file: UploadFile):
    target = io.BytesIO()
    with Image.open(file.file) as image:  # finding: MEDIA-001 confidence: low
        image.convert("RGB").save(target, "JPEG")
    return litellm.completion(model="vision", messages=[{"role": "user", "content": target.getvalue()}])


@app.post("/queue")
def queue(file: UploadFile):
    make_sizes.delay(file.filename)
    return {}
