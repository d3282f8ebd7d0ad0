from flask import Flask, request
from PIL import Image

app = Flask(__name__)


@app.post("/photos")
def upload():
    # perfctl: allow MEDIA-001 -- one upload a day
    Image.open(request.files["photo"]).resize((64, 64)).save("small.jpg")
    return ""
