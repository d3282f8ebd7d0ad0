import asyncio
import io
import zlib

from fastapi import FastAPI, UploadFile
from PIL import Image
from sentence_transformers import SentenceTransformer
from werkzeug.security import check_password_hash

app = FastAPI()
model = SentenceTransformer("all-MiniLM-L6-v2")


def thumbnail(data):
    image = Image.open(io.BytesIO(data))
    image.thumbnail((200, 200))
    return image.tobytes()


@app.post("/login")
async def login(name: str, password: str):
    return check_password_hash(USERS[name], password)  # finding: CONC-001 confidence: low


@app.post("/pictures")
async def picture(file: UploadFile):
    return len(thumbnail(await file.read()))  # finding: CONC-001 confidence: low


@app.post("/pictures/aside")
async def aside(file: UploadFile):
    return len(await asyncio.to_thread(thumbnail, await file.read()))  # ok: a thread computes


@app.get("/vectors")
async def vectors(text: str):
    return model.encode(text).tolist()  # finding: CONC-001 confidence: low


@app.post("/packed")
async def packed(text: str):
    return zlib.compress(text.encode())  # finding: CONC-001 confidence: low


@app.post("/packed/here")
def here(text: str):
    return zlib.compress(text.encode())  # ok: runs in a thread of its own; mutate: s/def here/async def here/


USERS = {}
