from flask import Flask, request
from PIL import Image

app = Flask(__name__)


@app.post("/photos")
def upload():
    Image.open(request.files["photo"]).resize((64, 64)).save("small.jpg")  # finding: MEDIA-001
    return ""


def broken(:
    pass
