import base64

import cv2
import requests
from fastapi import FastAPI, UploadFile
from google import genai
from pydantic_ai import Agent, BinaryContent

from images import for_model, for_upload

app = FastAPI()
agent = Agent("vision")


def keep(data):
    with open("photo.webp", "wb") as file:
        file.write(data)


@app.post("/labels")
def labels(file: UploadFile):
    picture = cv2.imread(file.filename)
    with genai.Client() as client:
        return client.models.generate_content(model="vision", contents=["what is it?", genai.types.Part.from_bytes(data=for_model(picture), mime_type="image/webp")])


@app.post("/names")
def names(file: UploadFile):
    content = BinaryContent(data=for_model(cv2.imread(file.filename)), media_type="image/webp")
    data = [content]
    return agent.run_sync(["what is it?", data])


@app.post("/texts")
def texts(file: UploadFile):
    encoded = base64.b64encode(for_model(cv2.imread(file.filename))).decode()
    return requests.post("https://ocr.internal/texts", json={"file": encoded}, timeout=5).json()


@app.post("/uploads")
def uploads(file: UploadFile):
    requests.put("https://files.internal/photo.webp", data=for_upload(cv2.imread(file.filename)), timeout=5)
    return {}


@app.post("/posts")
def posts(file: UploadFile):
    ok, data = cv2.imencode(".webp", cv2.imread(file.filename))  # finding: MEDIA-001
    requests.post("https://pictures.internal/upload", data=data.tobytes(), timeout=5)
    return {}
