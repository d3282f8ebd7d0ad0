import os

import aiofiles
import docx2txt
from fastapi import FastAPI, UploadFile

app = FastAPI()


@app.post("/upload")
async def upload(file: UploadFile):
    body = await file.read()
    with open("/tmp/upload", "wb") as out:  # finding: CONC-001 confidence: medium
        out.write(body)
    return docx2txt.process("/tmp/upload")  # finding: CONC-001 confidence: low


@app.get("/page")
async def page():
    with open("templates/page.html") as page:  # finding: CONC-001 confidence: low
        return page.read()


@app.get("/stat")
async def stat(name: str):
    return os.path.isfile(name)  # ok: costs microseconds


@app.get("/async")
async def through_aiofiles(name: str):
    async with aiofiles.open(name) as page:  # ok: reads in a thread
        return await page.read()
