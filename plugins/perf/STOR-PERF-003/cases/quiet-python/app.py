import io

import boto3
from fastapi import FastAPI, HTTPException, UploadFile
from PIL import Image

app = FastAPI()
s3 = boto3.client("s3")


@app.post("/users/{key}/photo")
def photo(key: str, avatar: UploadFile):  # ok: a small picture; mutate: s/avatar:/proof:/ s/(avatar.file/(proof.file/
    s3.upload_fileobj(avatar.file, "users", key)


@app.post("/notes/{key}")
def note(key: str, text: UploadFile):  # ok: at most 64 kB; mutate: s/65_536/65_536_000/
    if text.size > 65_536:
        raise HTTPException(413)
    s3.upload_fileobj(text.file, "notes", key)


@app.post("/pictures/{key}")
def picture(key: str, original: UploadFile):  # ok: made smaller on its way; mutate: s/Image.open(original.file)/original.file/
    small = io.BytesIO()
    Image.open(original.file).save(small, "WEBP")
    s3.put_object(Bucket="pictures", Key=key, Body=small.getvalue())


@app.post("/imports")
def load(table: UploadFile):  # ok: read and not stored
    return {"lines": len(table.file.readlines())}


@app.post("/address/{key}")
def address(key: str):  # ok: the client sends it to the store
    return s3.generate_presigned_post("proofs", key)
